package io.breakwater.core.presentation.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.validation.ValueSchema;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.InvalidSchemaException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Reads and checks the default values of components. */
final class DefaultValues {
    private DefaultValues() {}

    /** Returns the default value, which is written as JSON or as a string without quotes; null if there is none. */
    static @Nullable JsonNode of(ComponentInfo component) {
        var annotation = component.annotation(Default.class);
        if (annotation == null) {
            return null;
        }
        var text = annotation.value();
        var json = json(text);
        if (isText(component.type().raw())) {
            return json == null || !json.isString() ? StringNode.valueOf(text) : json;
        }
        if (json == null) {
            throw new InvalidSchemaException(component.at() + ": the default " + text + " is not "
                    + expected(component.type().raw()) + ".");
        }
        return json;
    }

    /** Returns what a default of this type is, with an example. */
    private static String expected(Class<?> type) {
        var scalar = ScalarTypes.of(type);
        var name = scalar == null ? null : scalar.schema().text("type");
        return switch (name == null ? "" : name) {
            case "integer" -> "an integer. Write one, for example @Default(\"10\")";
            case "number" -> "a number. Write one, for example @Default(\"0.5\")";
            case "boolean" -> "a boolean. Write @Default(\"true\") or @Default(\"false\")";
            default -> "JSON. Write an array as @Default(\"[]\"), and an object as @Default(\"{}\")";
        };
    }

    /** Returns the JSON for a text that stands for a value: a string, or a number or boolean if the type is one. */
    static JsonNode fromText(ComponentInfo component, String text) {
        var json = isText(component.type().raw()) ? null : json(text);
        return json == null ? StringNode.valueOf(text) : json;
    }

    private static @Nullable JsonNode json(String text) {
        try {
            var json = ParsedJson.read(text.getBytes(UTF_8)).tree();
            return json.isMissingNode() ? null : json;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean isText(Class<?> type) {
        var scalar = ScalarTypes.of(type);
        return scalar == null ? type.isEnum() : scalar.isText();
    }

    /**
     * Refuses a default value that does not match its schema. A schema with references cannot be compiled alone, so it
     * is not checked.
     */
    static void check(ComponentInfo component, Json.Obj schema, JsonNode value) {
        if (new String(JsonWriter.bytes(schema), UTF_8).contains("\"$ref\"")) {
            return;
        }
        for (var violation : ValueSchema.compile(schema).check(value)) {
            throw new InvalidSchemaException(
                    component.at() + ": the default does not match the schema: " + violation + ".");
        }
    }
}
