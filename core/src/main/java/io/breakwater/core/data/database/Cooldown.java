package io.breakwater.core.data.database;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keeps calls from waiting, one after the other, for something that said nothing: it is left alone for a while, and
 * then one call tries for all. Thread-safe.
 */
final class Cooldown {
    private final Duration length;
    private final LongSupplier nanos;
    private boolean resting; // guarded by this
    private long end; // guarded by this

    Cooldown(Duration length, LongSupplier nanos) {
        this.length = length;
        this.nanos = nanos;
    }

    /** False while it is left alone. The call that is told otherwise after that is the only one for another while. */
    synchronized boolean mayAsk() {
        boolean over = !resting || nanos.getAsLong() - end >= 0;
        if (resting && over) {
            extend();
        }
        return over;
    }

    /** It said nothing. Returns whether it had been asked freely until now. */
    synchronized boolean begin() {
        boolean first = !resting;
        resting = true;
        extend();
        return first;
    }

    private void extend() {
        end = nanos.getAsLong() + length.toNanos();
    }

    /** It has answered. */
    synchronized void end() {
        resting = false;
    }
}
