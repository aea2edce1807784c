package io.breakwater.core.data.cache;

import java.time.Duration;

/**
 * How much longer one call may wait for what lies beyond the process, all its questions together. Belongs to one thread
 * at a time.
 */
final class TimeBudget {
    private long left;

    private TimeBudget(Duration left) {
        this.left = left.toNanos();
    }

    static TimeBudget of(Duration time) {
        return new TimeBudget(time);
    }

    long nanos() {
        return left;
    }

    void spend(long nanos) {
        left = Math.max(0, left - Math.max(0, nanos));
    }
}
