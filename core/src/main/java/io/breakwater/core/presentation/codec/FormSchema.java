package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import io.breakwater.server.schema.InvalidSchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the schema of a form (elicitation, {@code requestedSchema}) from a record. MCP allows less there than for
 * arguments: fields that are texts, numbers, booleans, choices or lists of choices, four formats, and no null.
 */
final class FormSchema {
    private static final Set<String> FORMATS = Set.of("date", "date-time", "email", "uri");
    private static final Set<String> PLAIN = Set.of("boolean", "integer", "number", "string");

    private FormSchema() {}

    /**
     * The schema of that record's form.
     *
     * @throws InvalidSchemaException when a component cannot be a field of a form
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
        if (!plain(field) && !choices(field)) {
            throw new InvalidSchemaException(
                    record.getSimpleName() + "." + name + ": a form asks for texts, numbers, booleans,"
                            + " enums and lists of enums, and for nothing else.");
        }
        return FORMATS.contains(String.valueOf(field.text("format"))) ? field : without(field, "format");
    }

    private static boolean plain(Json.Obj field) {
        return PLAIN.contains(String.valueOf(field.text("type")));
    }

    private static boolean choices(Json.Obj field) {
        return "array".equals(field.text("type")) && field.object("items").has("enum");
    }

    /** A field that may stay empty is one that is not required; MCP has no other way to say so. */
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
        var rest = new ArrayList<>(values.items());
        rest.remove(Json.Null.NULL);
        return rest;
    }

    private static Json.Obj without(Json.Obj field, String keyword) {
        Map<String, Json> members = new LinkedHashMap<>(field.members());
        members.remove(keyword);
        return new Json.Obj(members);
    }
}
