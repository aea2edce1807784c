package io.breakwater.bootstrap.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an instance of a sample service does with requests. */
public enum SampleBehavior {
    /** It answers as its page says. */
    NORMAL,
    /** It answers after 3 seconds, also to health checks. */
    SLOW,
    /** It answers with 500, also to health checks. */
    FAILING,
    /** It never answers, also to health checks. */
    FROZEN,
    /** It answers health checks, and everything else with wrong values. */
    LYING,
    /** It declines what it is asked to do with 402; only health checks succeed. */
    DECLINING;

    /** Returns the words for all behaviors, in the order of this type. */
    static String words() {
        return Arrays.stream(values())
                .map(behavior -> behavior.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static Optional<SampleBehavior> parse(String text) {
        return Arrays.stream(values())
                .filter(behavior -> behavior.name().equals(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
