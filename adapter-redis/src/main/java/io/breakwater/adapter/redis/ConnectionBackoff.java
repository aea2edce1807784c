package io.breakwater.adapter.redis;

import io.breakwater.port.support.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The growing, random pause between attempts to connect. */
final class ConnectionBackoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration MAX = Duration.ofSeconds(2);

    private Duration next = FIRST;

    /** Returns the next pause: a random duration between half of the current bound and the bound. */
    Duration pause() {
        var pause = Backoff.jittered(next, ThreadLocalRandom.current());
        next = Backoff.next(next, MAX);
        return pause;
    }

    /** Starts again with the shortest pause, after a success. */
    void reset() {
        next = FIRST;
    }
}
