package io.breakwater.core.validation;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Recognizes most valid values of keywords of JSON Schema 2020-12, without the meta-schema. Loading the meta-schema and
 * applying it to the tools of a server takes longer than everything else that happens to their schemas at start, so it
 * decides only where this class does not. The meta-schema accepts every value that this class accepts.
 */
final class PlainKeywords {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");

    private PlainKeywords() {}

    /** True when the value is certainly valid, except for the subschemas in it. */
    static boolean accepts(String keyword, JsonNode value) {
        return switch (keyword) {
            case "type" -> isType(value) || (!value.isEmpty() && areDistinct(value, PlainKeywords::isType));
            case "required" -> areDistinct(value, JsonNode::isString);
            case "title", "description", "format", "pattern", "$schema", "$ref", "$comment" -> value.isString();
            case "enum", "examples" -> value.isArray();
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> value.isNumber();
            case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
                value.canConvertToInt() && value.isIntegralNumber() && value.intValue() >= 0;
            case "uniqueItems", "deprecated", "readOnly", "writeOnly" -> value.isBoolean();
            case "allOf", "anyOf", "oneOf", "prefixItems" -> value.isArray() && !value.isEmpty();
            case "default", "const", "x-mcp-header" -> true;
            case "properties" -> value.isObject();
            default ->
                SchemaKeywords.SINGLE.contains(keyword)
                        || (SchemaKeywords.BY_NAME.contains(keyword) && value.isObject());
        };
    }

    private static boolean isType(JsonNode value) {
        return value.isString() && TYPES.contains(value.stringValue());
    }

    private static boolean areDistinct(JsonNode list, Predicate<JsonNode> rule) {
        var distinct =
                StreamSupport.stream(list.spliterator(), false).filter(rule).collect(Collectors.toSet());
        return list.isArray() && distinct.size() == list.size();
    }
}
