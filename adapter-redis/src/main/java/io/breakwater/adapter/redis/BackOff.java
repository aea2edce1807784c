package io.breakwater.adapter.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The growing pause between retries. The upper bound of a pause doubles up to a limit; each pause is random below it.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LAST = Duration.ofSeconds(2);

    private Duration next = FIRST;

    /** Returns the next pause: a random duration between half of the current bound and the bound. */
    Duration pause() {
        long nanos = next.toNanos();
        next = next.multipliedBy(2).compareTo(LAST) < 0 ? next.multipliedBy(2) : LAST;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }

    /** Starts again with the shortest pause, after a success. */
    void reset() {
        next = FIRST;
    }
}
