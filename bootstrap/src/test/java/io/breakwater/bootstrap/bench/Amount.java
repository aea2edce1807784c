package io.breakwater.bootstrap.bench;

import java.time.Duration;

/** How much to measure: a number of calls, or all calls within a time. */
record Amount(long calls, Duration time) {
    private static final Duration FOREVER = Duration.ofDays(1);

    /** {@code 10s}, or {@code 1000000}. */
    static Amount of(String text) {
        return text.endsWith("s")
                ? new Amount(Long.MAX_VALUE, Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1))))
                : new Amount(Long.parseLong(text), FOREVER);
    }
}
