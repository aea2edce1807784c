package io.breakwater.core.business.services;

import io.breakwater.port.Json;
import java.util.List;
import java.util.Map;

/** Names and values as they are in the query of a URL and in the body of a form. */
final class FormText {
    private FormText() {}

    /**
     * Returns the members in their order. An array repeats its name for each item, and null is left out.
     *
     * @param argument the argument with the members, for messages
     */
    static String of(Map<String, Json> members, String argument) {
        var out = new StringBuilder();
        members.forEach((name, value) -> append(out, name, value, argument));
        return out.toString();
    }

    private static void append(StringBuilder out, String name, Json value, String argument) {
        if (name.isEmpty()) {
            throw InvalidRequest.because(argument + " has a member without a name.");
        }
        var where = argument + "." + InvalidRequest.quoted(name);
        for (var item : items(value)) {
            out.append(out.isEmpty() ? "" : "&")
                    .append(PercentEncoding.encode(name))
                    .append('=')
                    .append(PercentEncoding.encode(ScalarText.of(item, where)));
        }
    }

    /** Returns the values that a name has. */
    static List<Json> items(Json value) {
        return switch (value) {
            case Json.Arr(var items) -> items;
            case Json.Null ignored -> List.of();
            default -> List.of(value);
        };
    }
}
