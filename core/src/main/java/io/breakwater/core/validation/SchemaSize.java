package io.breakwater.core.validation;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;

/** Checks the size of a schema before all other checks, so that no schema exhausts the stack or the memory. */
final class SchemaSize {
    static final int MAX_DEPTH = 64;
    static final int MAX_VALUES = 50_000;
    static final int MAX_OBJECTS = 10_000;

    private int values;
    private int objects;

    private SchemaSize() {}

    static void check(Json schema) {
        new SchemaSize().count(schema, 1);
    }

    private void count(Json value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidSchemaException("The schema nests deeper than " + MAX_DEPTH + " levels.");
        }
        if (++values > MAX_VALUES) {
            throw new InvalidSchemaException("The schema has more than " + MAX_VALUES + " values.");
        }
        switch (value) {
            case Json.Obj(var members) -> {
                if (++objects > MAX_OBJECTS) {
                    throw new InvalidSchemaException("The schema has more than " + MAX_OBJECTS + " objects.");
                }
                members.values().forEach(member -> count(member, depth + 1));
            }
            case Json.Arr(var items) -> items.forEach(item -> count(item, depth + 1));
            case Json.Text ignored -> {}
            case Json.Decimal ignored -> {}
            case Json.Bool ignored -> {}
            case Json.Null ignored -> {}
            case Json.Raw ignored -> throw new InvalidSchemaException("A schema must not contain Json.Raw values.");
        }
    }
}
