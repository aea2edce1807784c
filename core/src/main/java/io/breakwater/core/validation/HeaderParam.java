package io.breakwater.core.validation;

import io.breakwater.port.driving.HeaderFields;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An argument that a header field repeats.
 *
 * @param field the name of the header field
 * @param path the member names that lead to the argument
 */
record HeaderParam(String field, List<String> path) {
    static final String PREFIX = "Mcp-Param-";

    /** A number in JSON syntax; longer numbers exceed the maximum. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?");

    /** The maximum, 2^53-1: beyond it, parties that compute with doubles may disagree about equality. */
    private static final BigDecimal LARGEST = BigDecimal.valueOf((1L << 53) - 1);

    HeaderParam {
        path = List.copyOf(path);
    }

    /** Returns how the header field differs from the argument, as a sentence, or null. */
    @Nullable
    String mismatch(HeaderFields fields, JsonNode arguments) {
        var values = fields.all(field);
        var argument = argument(arguments);
        if (values.isEmpty()) {
            return argument == null ? null : sentence("is missing");
        }
        if (values.size() > 1) {
            return sentence("occurs more than once");
        }
        if (argument == null) {
            return sentence("is present, but the argument is not");
        }
        var text = HeaderText.decode(values.getFirst());
        if (text == null) {
            return sentence("is neither visible ASCII nor valid =?base64?…?=");
        }
        return repeats(text, argument) ? null : sentence("differs from it");
    }

    private @Nullable JsonNode argument(JsonNode arguments) {
        JsonNode at = arguments;
        for (var name : path) {
            at = at.get(name);
            if (at == null) {
                return null;
            }
        }
        return at.isNull() ? null : at;
    }

    /** Compares by the type of the argument; validation checks the type later. */
    private static boolean repeats(String text, JsonNode argument) {
        return switch (argument.getNodeType()) {
            case STRING -> text.equals(argument.stringValue());
            case BOOLEAN -> text.equals(argument.booleanValue() ? "true" : "false");
            case NUMBER -> equal(text, argument.decimalValue());
            default -> false;
        };
    }

    private static boolean equal(String text, BigDecimal argument) {
        return NUMBER.matcher(text).matches()
                && argument.abs().compareTo(LARGEST) <= 0
                && new BigDecimal(text).compareTo(argument) == 0;
    }

    private String sentence(String what) {
        return "The header field " + field + ", which repeats the argument " + String.join(".", path) + ", " + what;
    }
}
