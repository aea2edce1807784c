package io.breakwater.core.business.authorization;

import io.breakwater.port.Json;
import java.util.List;

/** Finds a value in a JSON Schema. */
final class SchemaPath {
    /** Keywords by which a value may exist that {@code properties} does not describe. */
    private static final List<String> OTHERS = List.of(
            "$ref",
            "$dynamicRef",
            "allOf",
            "anyOf",
            "oneOf",
            "if",
            "patternProperties",
            "dependentSchemas",
            "items",
            "prefixItems");

    private SchemaPath() {}

    /** Returns false if the schema describes its values, and none is at this path. */
    static boolean exists(Json.Obj schema, List<String> path) {
        var current = schema;
        for (var name : path) {
            if (OTHERS.stream().anyMatch(current::has) || !(current.get("properties") instanceof Json.Obj properties)) {
                return true;
            }
            if (!(properties.get(name) instanceof Json.Obj described)) {
                return properties.has(name) || isOpen(current);
            }
            current = described;
        }
        return true;
    }

    private static boolean isOpen(Json.Obj schema) {
        var additional = schema.get("additionalProperties");
        return additional == Json.Bool.TRUE || additional instanceof Json.Obj;
    }
}
