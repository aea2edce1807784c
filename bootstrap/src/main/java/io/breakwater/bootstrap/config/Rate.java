package io.breakwater.bootstrap.config;

import java.time.Duration;

/**
 * A rate of calls as a setting has it.
 *
 * @param calls the number of calls in a period; 0 for no limit
 * @param period the length of the period
 */
record Rate(int calls, Duration period) {
    /** No limit. */
    static final Rate OFF = new Rate(0, Duration.ofMinutes(1));

    static Rate perMinute(int calls) {
        return new Rate(calls, Duration.ofMinutes(1));
    }

    boolean isOff() {
        return calls == 0;
    }
}
