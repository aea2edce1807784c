package io.breakwater.bootstrap.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * One step in the creation of the sample database.
 *
 * @param name the description, such as {@code 24,000 orders}
 * @param sql the statements of the step
 */
record SampleDataStep(String name, String sql) {
    private static final String HEAD = "-- step: ";

    /** Returns the steps of a script; the text before the first one is ignored. */
    static List<SampleDataStep> of(String script) {
        var steps = new ArrayList<SampleDataStep>();
        for (var part : script.split("(?m)^" + HEAD, -1)) {
            int end = part.indexOf('\n');
            steps.add(new SampleDataStep(part.substring(0, end).strip(), part.substring(end + 1)));
        }
        return List.copyOf(steps.subList(1, steps.size()));
    }
}
