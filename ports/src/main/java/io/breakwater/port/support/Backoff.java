package io.breakwater.port.support;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential backoff: the pause between retries doubles up to a maximum. */
public final class Backoff {
    private Backoff() {}

    /** Returns the pause after this one: twice as long, but not longer than the maximum. */
    public static Duration next(Duration pause, Duration max) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(max) < 0 ? twice : max;
    }

    /** Returns a random pause between a half of this one and all of it, so that clients do not retry in step. */
    public static Duration jittered(Duration pause, RandomGenerator random) {
        long nanos = pause.toNanos();
        return Duration.ofNanos(random.nextLong(nanos / 2, nanos + 1));
    }
}
