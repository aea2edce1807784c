package io.breakwater.core.validation;

import java.util.ArrayList;
import tools.jackson.databind.JsonNode;

/**
 * A canonical string for a JSON value. Two values have the same string exactly when they are equal in JSON Schema:
 * members in any order, and numbers by value, so that {@code 1}, {@code 1.0} and {@code 1e0} are equal.
 */
final class CanonicalValue {
    private final StringBuilder text = new StringBuilder();

    private CanonicalValue() {}

    static String of(JsonNode value) {
        var canonical = new CanonicalValue();
        canonical.add(value);
        return canonical.text.toString();
    }

    private void add(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> addObject(value);
            case ARRAY -> addArray(value);
            case STRING -> addText(value.stringValue());
            case NUMBER -> text.append(value.decimalValue().stripTrailingZeros());
            default -> text.append(value.asString());
        }
    }

    private void addObject(JsonNode object) {
        var names = new ArrayList<>(object.propertyNames());
        names.sort(null);
        text.append('{');
        for (var name : names) {
            addText(name);
            add(object.get(name));
            text.append(',');
        }
        text.append('}');
    }

    private void addArray(JsonNode array) {
        text.append('[');
        for (var item : array) {
            add(item);
            text.append(',');
        }
        text.append(']');
    }

    /** Appends a string with its length as a prefix, so that no two values have the same canonical string. */
    private void addText(String value) {
        text.append('"').append(value.length()).append(':').append(value);
    }
}
