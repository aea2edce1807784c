package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Derives the schema of a form (elicitation, {@code requestedSchema}) from a record. MCP allows less in forms than in
 * arguments: strings, numbers, booleans, enums, lists of enums, and four formats, but no null.
 */
final class FormSchema {
    private static final Set<String> FORMATS = Set.of("date", "date-time", "email", "uri");
    private static final Set<String> PLAIN = Set.of("boolean", "integer", "number", "string");

    private FormSchema() {}

    /**
     * Returns the schema of the form of a record.
     *
     * @throws InvalidSchemaException if a component cannot be a field of a form
     */
    static Json.Obj of(Class<? extends Record> record) {
        var arguments = RecordSchemas.arguments(record);
        var fields = new LinkedHashMap<String, Json>();
        arguments
                .object("properties")
                .members()
                .forEach((name, schema) -> fields.put(name, field(record, name, schema)));
        return Json.object()
                .put("type", "object")
                .put("properties", new Json.Obj(fields))
                .putIfPresent("required", arguments.get("required"))
                .build();
    }

    private static Json.Obj field(Class<?> record, String name, Json schema) {
        var field = withoutNull(schema instanceof Json.Obj object ? object : Json.Obj.EMPTY);
        if (!isPlain(field) && !isEnumList(field)) {
            throw new InvalidSchemaException(record.getSimpleName() + "." + name
                    + ": a field of a form must be a string, a number, a boolean, an enum or a list of enums.");
        }
        return FORMATS.contains(String.valueOf(field.text("format"))) ? field : without(field, "format");
    }

    private static boolean isPlain(Json.Obj field) {
        return PLAIN.contains(String.valueOf(field.text("type")));
    }

    private static boolean isEnumList(Json.Obj field) {
        return "array".equals(field.text("type")) && field.object("items").has("enum");
    }

    /** Removes null from a field. In MCP, a field that may be empty is one that is not required. */
    private static Json.Obj withoutNull(Json.Obj field) {
        if (!(field.get("type") instanceof Json.Arr(var types))) {
            return field;
        }
        var members = new LinkedHashMap<>(field.members());
        members.put("type", types.getFirst());
        members.computeIfPresent("enum", (name, values) -> new Json.Arr(withoutNull((Json.Arr) values)));
        return new Json.Obj(members);
    }

    private static List<Json> withoutNull(Json.Arr values) {
        var others = new ArrayList<>(values.items());
        others.remove(Json.Null.NULL);
        return others;
    }

    private static Json.Obj without(Json.Obj field, String keyword) {
        Map<String, Json> members = new LinkedHashMap<>(field.members());
        members.remove(keyword);
        return new Json.Obj(members);
    }
}
