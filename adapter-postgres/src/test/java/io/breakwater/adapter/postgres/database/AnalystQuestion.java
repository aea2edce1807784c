package io.breakwater.adapter.postgres.database;

import io.breakwater.port.Json;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An ordinary question of an analyst; its file says how it is written.
 *
 * @param title what it is about
 * @param since the first major version that can answer it
 * @param sql the question
 * @param values the values of its parameters
 * @param rows its answer, as JSON
 */
record AnalystQuestion(String title, int since, String sql, List<Json> values, String rows) {
    private static final Pattern SINCE = Pattern.compile(" \\[since (\\d+)\\]");
    private static final Pattern VALUE = Pattern.compile(" \\[\\$1 is (.*)\\]$");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
    private static final Pattern NUMBERS = Pattern.compile("\\[(\\d+(,\\d+)*)\\]");

    /** All of them. */
    static List<AnalystQuestion> all() {
        return TextSection.of("analytics.txt").stream().map(AnalystQuestion::of).toList();
    }

    private static AnalystQuestion of(TextSection passage) {
        var parts = passage.text().split("\n=>\n", 2);
        var since = SINCE.matcher(passage.title());
        var value = VALUE.matcher(passage.title());
        return new AnalystQuestion(
                VALUE.matcher(SINCE.matcher(passage.title()).replaceAll("")).replaceAll(""),
                since.find() ? Integer.parseInt(since.group(1)) : 0,
                parts[0],
                value.find() ? List.of(value(value.group(1))) : List.of(),
                parts[1]);
    }

    private static Json value(String text) {
        var numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            var items = Arrays.stream(numbers.group(1).split(",", -1));
            return new Json.Arr(items.map(AnalystQuestion::scalar).toList());
        }
        return scalar(text);
    }

    private static Json scalar(String text) {
        return NUMBER.matcher(text).matches() ? Json.of(Long.parseLong(text)) : Json.of(text);
    }

    /** The values as arguments. */
    Json[] arguments() {
        return values.toArray(Json[]::new);
    }
}
