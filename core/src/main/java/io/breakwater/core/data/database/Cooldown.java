package io.breakwater.core.data.database;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A pause in the use of a system that did not answer, so that calls do not wait for it one after the other. After the
 * pause one call tries it on behalf of all. Thread-safe.
 */
final class Cooldown {
    private final Duration length;
    private final LongSupplier nanos;
    private boolean paused; // guarded by this
    private long end; // guarded by this

    Cooldown(Duration length, LongSupplier nanos) {
        this.length = length;
        this.nanos = nanos;
    }

    /**
     * Returns false during the pause. After the pause, the first caller gets true and the pause starts again for the
     * others.
     */
    synchronized boolean tryAcquire() {
        boolean over = !paused || nanos.getAsLong() - end >= 0;
        if (paused && over) {
            extend();
        }
        return over;
    }

    /** Starts a pause after the system did not answer; returns true if there was none before. */
    synchronized boolean begin() {
        boolean first = !paused;
        paused = true;
        extend();
        return first;
    }

    private void extend() {
        end = nanos.getAsLong() + length.toNanos();
    }

    /** Ends the pause, because the system has answered. */
    synchronized void end() {
        paused = false;
    }
}
