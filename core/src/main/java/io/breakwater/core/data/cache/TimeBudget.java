package io.breakwater.core.data.cache;

import java.time.Duration;

/** The remaining time that one call may spend on the shared tier, for all its requests together. Not thread-safe. */
final class TimeBudget {
    private long remaining;

    private TimeBudget(Duration remaining) {
        this.remaining = remaining.toNanos();
    }

    static TimeBudget of(Duration time) {
        return new TimeBudget(time);
    }

    long nanos() {
        return remaining;
    }

    void spend(long nanos) {
        remaining = Math.max(0, remaining - Math.max(0, nanos));
    }
}
