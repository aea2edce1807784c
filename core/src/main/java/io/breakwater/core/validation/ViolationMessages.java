package io.breakwater.core.validation;

import com.networknt.schema.Error;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * Writes the messages of violations: the expected value and the actual value. Numbers, booleans and sizes are repeated;
 * strings are not, because they may be secrets.
 */
final class ViolationMessages {
    private static final int MAX_SHOWN = 200;
    private static final int MAX_LISTED = 20;

    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "a date, as in 2026-01-31"),
            Map.entry("date-time", "a date and time with a zone, as in 2026-01-31T12:00:00Z"),
            Map.entry("duration", "an ISO 8601 duration, as in PT1H30M"),
            Map.entry("email", "an e-mail address"),
            Map.entry("hostname", "a host name"),
            Map.entry("ipv4", "an IPv4 address"),
            Map.entry("ipv6", "an IPv6 address"),
            Map.entry("regex", "a regular expression"),
            Map.entry("time", "a time with a zone, as in 12:00:00Z"),
            Map.entry("uri", "a URI with its scheme, as in https://example.com/"),
            Map.entry("uri-reference", "a URI or a path"),
            Map.entry("uuid", "a UUID, as in 123e4567-e89b-12d3-a456-426614174000"));

    private final JsonNode schema;

    ViolationMessages(JsonNode schema) {
        this.schema = schema;
    }

    Violation violation(Error error) {
        var pointer = error.getInstanceLocation().toString();
        return switch (error.getKeyword()) {
            case "required" -> new Violation(JsonPointers.child(pointer, error.getProperty()), "is required");
            case "dependentRequired" ->
                new Violation(
                        JsonPointers.child(pointer, argument(error, 0)),
                        "is required when " + argument(error, 1) + " is given");
            case "additionalProperties", "unevaluatedProperties" ->
                new Violation(
                        JsonPointers.child(pointer, error.getProperty()),
                        "is not known" + NameSuggestions.hint(error, schema));
            case "propertyNames" ->
                new Violation(JsonPointers.child(pointer, error.getProperty()), "has a name that is not allowed");
            case "items", "prefixItems", "additionalItems", "unevaluatedItems" ->
                new Violation(
                        error.getIndex() == null ? pointer : JsonPointers.child(pointer, error.getIndex()),
                        "is not allowed; the array has too many items");
            default -> new Violation(pointer, message(error));
        };
    }

    /** Writes one message for alternatives that differ by their type or by one constant value. */
    Violation oneOf(List<Error> decisive) {
        var first = decisive.getFirst();
        var pointer = first.getInstanceLocation().toString();
        if (first.getKeyword().equals("const")) {
            var values =
                    decisive.stream().map(ViolationMessages::bound).distinct().collect(Collectors.joining(", "));
            return new Violation(pointer, "must be one of " + truncate(values));
        }
        var types = decisive.stream()
                .flatMap(error -> types(error.getSchemaNode()).stream())
                .distinct()
                .toList();
        return new Violation(
                pointer, "must be " + String.join(" or ", types) + ", was " + actual(first.getInstanceNode()));
    }

    private static String message(Error error) {
        var value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "type" -> "must be " + String.join(" or ", types(error.getSchemaNode())) + ", was " + actual(value);
            case "enum" -> "must be one of " + listValues(error.getSchemaNode());
            case "const" -> "must be " + bound(error);
            case "pattern" ->
                "must match the pattern " + truncate(error.getSchemaNode().asString());
            case "format" -> format(error.getSchemaNode().asString());
            case "minimum" -> "must be at least " + bound(error) + ", was " + actual(value);
            case "maximum" -> "must be at most " + bound(error) + ", was " + actual(value);
            case "exclusiveMinimum" -> "must be more than " + bound(error) + ", was " + actual(value);
            case "exclusiveMaximum" -> "must be less than " + bound(error) + ", was " + actual(value);
            case "multipleOf" -> "must be a multiple of " + bound(error) + ", was " + actual(value);
            case "uniqueItems" ->
                "must not contain equal items, but items " + argument(error, 0) + " and " + argument(error, 1)
                        + " are equal";
            case "false" -> "is not allowed";
            case "oneOf" -> "must match exactly one alternative, but matches those with index " + argument(error, 1);
            case "not" -> "must not match the schema under not";
            default -> size(error, value);
        };
    }

    private static String size(Error error, JsonNode value) {
        return switch (error.getKeyword()) {
            case "minLength" -> "must have at least " + counted(error, "character") + ", has " + length(value);
            case "maxLength" -> "must have at most " + counted(error, "character") + ", has " + length(value);
            case "minItems" -> "must have at least " + counted(error, "item") + ", has " + value.size();
            case "maxItems" -> "must have at most " + counted(error, "item") + ", has " + value.size();
            case "minProperties" -> "must have at least " + counted(error, "member") + ", has " + value.size();
            case "maxProperties" -> "must have at most " + counted(error, "member") + ", has " + value.size();
            case "contains", "minContains" -> "must have at least " + matchingItems(error);
            case "maxContains" -> "must have at most " + matchingItems(error);
            default -> error.getMessage();
        };
    }

    private static String counted(Error error, String noun) {
        var bound = bound(error);
        return bound + " " + noun + (bound.equals("1") ? "" : "s");
    }

    private static String matchingItems(Error error) {
        var count = argument(error, 0);
        return count.equals("1") ? "1 item that matches contains" : count + " items that match contains";
    }

    private static int length(JsonNode text) {
        var value = text.asString();
        return value.codePointCount(0, value.length());
    }

    private static String format(String format) {
        return "must be " + FORMATS.getOrDefault(format, "a valid " + format);
    }

    private static String argument(Error error, int index) {
        var arguments = error.getArguments();
        return arguments == null || index >= arguments.length ? "some" : String.valueOf(arguments[index]);
    }

    private static String bound(Error error) {
        return truncate(error.getSchemaNode().toString());
    }

    private static String listValues(JsonNode values) {
        var shown = StreamSupport.stream(values.spliterator(), false)
                .limit(MAX_LISTED)
                .map(JsonNode::toString)
                .collect(Collectors.joining(", "));
        int omitted = values.size() - MAX_LISTED;
        return omitted > 0 ? shown + " and " + omitted + " more" : shown;
    }

    private static List<String> types(JsonNode type) {
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false)
                        .map(one -> noun(one.asString()))
                        .toList()
                : List.of(noun(type.asString()));
    }

    private static String noun(String type) {
        return switch (type) {
            case "null" -> type;
            case "array", "integer", "object" -> "an " + type;
            default -> "a " + type;
        };
    }

    private static String actual(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER, BOOLEAN, NULL -> truncate(value.toString());
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            default -> "a string";
        };
    }

    private static String truncate(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
