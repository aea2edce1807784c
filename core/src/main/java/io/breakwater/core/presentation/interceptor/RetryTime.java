package io.breakwater.core.presentation.interceptor;

import java.time.Duration;

/** The time after which to retry, in sentences for callers. */
final class RetryTime {
    private static final int MILLIS_PER_TENTH = 100;

    private RetryTime() {}

    /** Returns milliseconds below a second, and otherwise seconds, rounded up to a tenth. */
    static String text(Duration time) {
        long millis = Math.max(1, time.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        long tenths = Math.ceilDiv(millis, MILLIS_PER_TENTH);
        return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + " s";
    }
}
