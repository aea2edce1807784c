package io.breakwater.adapter.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before trying again: twice as long each time up to a bound, and each time a random part of it. */
final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LAST = Duration.ofSeconds(2);

    private Duration next = FIRST;

    /** The next pause, between a half of its length and all of it. */
    Duration pause() {
        long nanos = next.toNanos();
        next = next.multipliedBy(2).compareTo(LAST) < 0 ? next.multipliedBy(2) : LAST;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1));
    }

    /** It worked: begins again. */
    void reset() {
        next = FIRST;
    }
}
