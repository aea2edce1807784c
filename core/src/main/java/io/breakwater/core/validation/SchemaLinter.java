package io.breakwater.core.validation;

import io.breakwater.server.schema.InvalidSchemaException;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/**
 * Checks a schema before it is compiled, so that its author learns of a mistake before a caller meets it: the validator
 * ignores a {@code required} that is not an array, or a {@code type} that does not exist.
 *
 * <p>It knows which keywords contain subschemas, so a property with the name {@code type} is not taken for a keyword,
 * and it resolves references to find those that leave the schema.
 */
final class SchemaLinter {
    private final SchemaReferences references = new SchemaReferences();
    private final SchemaDialect dialect;
    private boolean hasPatterns;

    private SchemaLinter(SchemaDialect dialect) {
        this.dialect = dialect;
    }

    /** Refuses an invalid schema, and a schema with references to other documents. */
    static SchemaLinter check(JsonNode schema) {
        var linter = new SchemaLinter(SchemaDialect.of(schema.get("$schema")));
        linter.schema(schema, "", "");
        linter.references.check();
        return linter;
    }

    /** True when the schema contains regular expressions. */
    boolean hasPatterns() {
        return hasPatterns;
    }

    private void schema(JsonNode schema, String at, String base) {
        if (schema.isBoolean()) {
            return;
        }
        if (!schema.isObject()) {
            throw invalid(at, "must be a schema: an object, true or false");
        }
        var inner = references.enter(schema.get("$id"), base, at);
        schema.forEachEntry((keyword, value) -> keyword(keyword, value, JsonPointers.child(at, keyword), inner));
    }

    private void keyword(String keyword, JsonNode value, String at, String base) {
        switch (keyword) {
            case "$schema" -> SchemaDialect.of(value);
            case "$ref", "$dynamicRef", "$recursiveRef" -> references.add(KeywordValues.text(value, at), base, at);
            case "type" -> KeywordValues.type(value, at);
            case "required" -> names(value, at);
            case "enum", "examples" -> KeywordValues.list(value, at);
            case "pattern" -> pattern(KeywordValues.text(value, at), at);
            case "properties", "$defs", "definitions", "dependentSchemas" -> byName(value, at, base);
            case "patternProperties" -> byPattern(value, at, base);
            case "dependentRequired" -> KeywordValues.object(value, at).forEachEntry((name, names) -> names(names, at));
            case "allOf", "anyOf", "oneOf", "prefixItems" -> someSchemas(value, at, base);
            case "items" -> items(value, at, base);
            default -> simple(keyword, value, at, base);
        }
    }

    private void simple(String keyword, JsonNode value, String at, String base) {
        switch (keyword) {
            case "additionalProperties",
                    "contains",
                    "contentSchema",
                    "else",
                    "if",
                    "not",
                    "propertyNames",
                    "then",
                    "unevaluatedItems",
                    "unevaluatedProperties" -> schema(value, at, base);
            case "maxContains",
                    "maxItems",
                    "maxLength",
                    "maxProperties",
                    "minContains",
                    "minItems",
                    "minLength",
                    "minProperties" -> KeywordValues.count(value, at);
            case "exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum" -> KeywordValues.number(value, at);
            case "multipleOf" -> KeywordValues.divisor(value, at);
            case "uniqueItems" -> KeywordValues.bool(value, at);
            case "$anchor", "$dynamicAnchor", "format", "contentEncoding", "contentMediaType" ->
                KeywordValues.text(value, at);
            default -> {}
        }
    }

    private void byName(JsonNode value, String at, String base) {
        KeywordValues.object(value, at)
                .forEachEntry((name, schema) -> schema(schema, JsonPointers.child(at, name), base));
    }

    private void byPattern(JsonNode value, String at, String base) {
        KeywordValues.object(value, at).forEachEntry((regex, schema) -> {
            pattern(regex, JsonPointers.child(at, regex));
            schema(schema, JsonPointers.child(at, regex), base);
        });
    }

    private void someSchemas(JsonNode value, String at, String base) {
        if (KeywordValues.list(value, at).isEmpty()) {
            throw invalid(at, "must contain at least one schema");
        }
        for (int i = 0; i < value.size(); i++) {
            schema(value.get(i), JsonPointers.child(at, i), base);
        }
    }

    private void items(JsonNode value, String at, String base) {
        if (!value.isArray()) {
            schema(value, at, base);
        } else if (dialect.itemsMayBeList()) {
            someSchemas(value, at, base);
        } else {
            throw invalid(at, "must be one schema; use prefixItems for an array of schemas");
        }
    }

    private static void names(JsonNode value, String at) {
        KeywordValues.list(value, at).forEach(name -> KeywordValues.text(name, at));
    }

    private void pattern(String regex, String at) {
        hasPatterns = true;
        try {
            BoundedPattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw invalid(
                    at, "is not a valid regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
    }

    static InvalidSchemaException invalid(String at, String why) {
        return new InvalidSchemaException(
                "The schema is wrong at " + (at.isEmpty() ? "its root" : at) + ": it " + why + ".");
    }
}
