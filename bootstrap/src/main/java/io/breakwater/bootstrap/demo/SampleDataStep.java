package io.breakwater.bootstrap.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the sample database.
 *
 * @param name what is being done: {@code 24,000 orders}
 * @param sql the statements that do it
 */
record SampleDataStep(String name, String sql) {
    private static final String HEAD = "-- step: ";

    /** The steps of a script; what stands before the first one is left out. */
    static List<SampleDataStep> of(String script) {
        var steps = new ArrayList<SampleDataStep>();
        for (var part : script.split("(?m)^" + HEAD, -1)) {
            int end = part.indexOf('\n');
            steps.add(new SampleDataStep(part.substring(0, end).strip(), part.substring(end + 1)));
        }
        return List.copyOf(steps.subList(1, steps.size()));
    }
}
