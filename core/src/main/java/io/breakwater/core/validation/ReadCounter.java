package io.breakwater.core.validation;

import java.util.function.Supplier;

/**
 * Counts the characters that regular expressions read, and ends the work at a limit. Unlike a time limit, the count is
 * the same on every machine. A read takes a few nanoseconds, and ordinary patterns read each character a few times. Not
 * thread-safe.
 */
public final class ReadCounter {
    private final Supplier<? extends RuntimeException> limitReached;
    private int remaining;

    /**
     * Creates a counter.
     *
     * @param limit the number of characters that may be read
     * @param limitReached creates the exception that the next read throws
     */
    public ReadCounter(int limit, Supplier<? extends RuntimeException> limitReached) {
        this.remaining = limit;
        this.limitReached = limitReached;
    }

    /** Counts one character. */
    public void count() {
        if (--remaining < 0) {
            remaining = 0;
            throw limitReached.get();
        }
    }
}
