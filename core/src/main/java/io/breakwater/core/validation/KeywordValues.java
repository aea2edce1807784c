package io.breakwater.core.validation;

import static io.breakwater.core.validation.SchemaLinter.invalid;

import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the values of keywords that are not schemas. */
final class KeywordValues {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");

    private KeywordValues() {}

    static void type(JsonNode value, String at) {
        if (value.isArray() && !value.isEmpty()) {
            value.forEach(one -> typeName(one, at));
        } else {
            typeName(value, at);
        }
    }

    private static void typeName(JsonNode value, String at) {
        if (!value.isString() || !TYPES.contains(value.stringValue())) {
            throw invalid(
                    at,
                    "must be one of "
                            + String.join(", ", TYPES.stream().sorted().toList()) + ", or an array of them");
        }
    }

    static void count(JsonNode value, String at) {
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !isCount(value.decimalValue())) {
            throw invalid(at, "must be a whole number from 0 to " + Integer.MAX_VALUE);
        }
    }

    private static boolean isCount(BigDecimal value) {
        return value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0;
    }

    static void divisor(JsonNode value, String at) {
        if (!value.isNumber() || value.decimalValue().signum() <= 0) {
            throw invalid(at, "must be a number greater than 0");
        }
    }

    static void number(JsonNode value, String at) {
        if (!value.isNumber()) {
            throw invalid(at, "must be a number");
        }
    }

    static void bool(JsonNode value, String at) {
        if (!value.isBoolean()) {
            throw invalid(at, "must be true or false");
        }
    }

    static String text(JsonNode value, String at) {
        if (!value.isString()) {
            throw invalid(at, "must be a string");
        }
        return value.stringValue();
    }

    static JsonNode list(JsonNode value, String at) {
        if (!value.isArray()) {
            throw invalid(at, "must be an array");
        }
        return value;
    }

    static JsonNode object(JsonNode value, String at) {
        if (!value.isObject()) {
            throw invalid(at, "must be an object");
        }
        return value;
    }
}
