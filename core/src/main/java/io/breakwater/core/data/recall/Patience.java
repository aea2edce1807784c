package io.breakwater.core.data.recall;

import java.time.Duration;

/**
 * How much longer one call may wait for what lies beyond the process, all its questions together. Belongs to one thread
 * at a time.
 */
final class Patience {
    private static final Duration ALL = Duration.ofMillis(250);

    private long left;

    private Patience(Duration left) {
        this.left = left.toNanos();
    }

    static Patience ofOneCall() {
        return new Patience(ALL);
    }

    long nanos() {
        return left;
    }

    void spend(long nanos) {
        left = Math.max(0, left - Math.max(0, nanos));
    }
}
