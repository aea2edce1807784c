package io.breakwater.core.validation;

import java.math.BigDecimal;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Checks a schema before it is compiled, so that its author learns of a mistake before a caller meets it: the validator
 * ignores a {@code required} that is not an array, or a {@code type} that does not exist.
 *
 * <p>The meta-schema of the dialect has most rules. This class has those that it cannot express: patterns compile,
 * references stay in the schema, and counts are within the range of an integer. It knows which keywords contain
 * subschemas, so a property with the name {@code pattern} is not taken for a keyword.
 */
final class SchemaLinter {
    private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final SchemaOrigin origin;
    private final SchemaDialect dialect;
    private final SchemaReferences references;
    private boolean hasPatterns;
    private boolean certainlyValid;

    private SchemaLinter(SchemaOrigin origin, SchemaDialect dialect) {
        this.origin = origin;
        this.dialect = dialect;
        this.references = new SchemaReferences(origin);
        this.certainlyValid = dialect == SchemaDialect.DRAFT_2020_12;
    }

    /** Refuses an invalid schema, and a schema of an author with references to other documents. */
    static SchemaLinter check(JsonNode schema, SchemaOrigin origin, SchemaLimits limits) {
        var linter = new SchemaLinter(origin, origin.dialect(schema.get("$schema")));
        linter.schema(schema, "", "");
        if (!linter.certainlyValid) {
            linter.applyMetaSchema(schema, limits);
        }
        linter.references.check();
        return linter;
    }

    /** True when the schema contains regular expressions. */
    boolean hasPatterns() {
        return hasPatterns;
    }

    private void applyMetaSchema(JsonNode schema, SchemaLimits limits) {
        var metaSchema = Validator.ofSchemas(dialect, limits);
        if (!metaSchema.accepts(schema)) {
            var errors = metaSchema.errors(schema, ViolationMapper.MAX_ERRORS);
            var mistakes = ViolationMapper.of(errors, MissingNode.getInstance());
            var first = mistakes.getFirst().pointer();
            throw origin.mistake(
                    first,
                    mistakes.stream()
                            .filter(mistake -> mistake.pointer().equals(first))
                            .map(Violation::message)
                            .collect(Collectors.joining("; it ")));
        }
    }

    private void schema(JsonNode schema, String at, String base) {
        if (!schema.isObject()) {
            certainlyValid &= schema.isBoolean();
            return;
        }
        var inner = references.enter(schema.get("$id"), base, at);
        schema.forEachEntry((keyword, value) -> keyword(keyword, value, JsonPointers.child(at, keyword), inner));
    }

    private void keyword(String keyword, JsonNode value, String at, String base) {
        switch (keyword) {
            case "$schema" -> origin.dialect(value);
            case "$ref", "$dynamicRef", "$recursiveRef" -> references.add(value, base, at);
            case "pattern" -> pattern(value.stringValue(""), at);
            case "patternProperties" ->
                value.propertyNames().forEach(name -> pattern(name, JsonPointers.child(at, name)));
            case "maxContains",
                    "maxItems",
                    "maxLength",
                    "maxProperties",
                    "minContains",
                    "minItems",
                    "minLength",
                    "minProperties" -> count(value, at);
            default -> {}
        }
        certainlyValid &= PlainKeywords.accepts(keyword, value);
        subschemas(keyword, value, at, base);
    }

    private void subschemas(String keyword, JsonNode value, String at, String base) {
        if (value.isArray() && SchemaKeywords.LISTS.contains(keyword)) {
            refuseListOfItems(keyword, at);
            for (int i = 0; i < value.size(); i++) {
                schema(value.get(i), JsonPointers.child(at, i), base);
            }
        } else if (keyword.equals("properties") || SchemaKeywords.BY_NAME.contains(keyword)) {
            value.forEachEntry((name, schema) -> schema(schema, JsonPointers.child(at, name), base));
        } else if (SchemaKeywords.SINGLE.contains(keyword)) {
            schema(value, at, base);
        }
    }

    /** The meta-schema would not name the keyword that replaces an array of items. */
    private void refuseListOfItems(String keyword, String at) {
        if (keyword.equals("items") && dialect == SchemaDialect.DRAFT_2020_12) {
            throw origin.mistake(at, "must be one schema; use prefixItems for an array of schemas");
        }
    }

    private void count(JsonNode value, String at) {
        if (value.isNumber() && value.decimalValue().compareTo(MAX_COUNT) > 0) {
            throw origin.mistake(at, "must be a whole number from 0 to " + Integer.MAX_VALUE);
        }
    }

    private void pattern(String regex, String at) {
        hasPatterns = true;
        try {
            origin.compile(regex);
        } catch (PatternSyntaxException e) {
            throw origin.mistake(
                    at, "is not a valid regular expression: " + e.getDescription() + " near index " + e.getIndex());
        }
    }
}
