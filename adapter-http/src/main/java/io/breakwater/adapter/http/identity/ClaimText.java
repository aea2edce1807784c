package io.breakwater.adapter.http.identity;

import io.breakwater.port.Json;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short texts of claims and of accepted values, for the log. Callers choose the claims, so their texts have a limit. */
final class ClaimText {
    private static final int MAX_LENGTH = 80;
    private static final int MAX_VALUES = 3;

    private ClaimText() {}

    static String of(@Nullable Json claim) {
        return switch (claim) {
            case null -> "missing";
            case Json.Text(String text) -> "'" + shortened(text) + "'";
            case Json.Arr(List<Json> items) ->
                joined(items.stream().limit(MAX_VALUES).map(ClaimText::item).toList(), items.size());
            default -> "not a text";
        };
    }

    static String of(Collection<String> values) {
        return joined(
                values.stream()
                        .sorted()
                        .limit(MAX_VALUES)
                        .map(ClaimText::shortened)
                        .toList(),
                values.size());
    }

    private static String item(Json item) {
        return item instanceof Json.Text ? of(item) : "not a text";
    }

    private static String joined(List<String> shown, int all) {
        return shown.stream().collect(Collectors.joining(", ")) + (all > shown.size() ? " and others" : "");
    }

    private static String shortened(String text) {
        var line = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
