package io.breakwater.sample.waiting;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits for what another thread or process brings about. This is the one limit of all tests: only a test that fails
 * waits that long, so it is generous enough for a machine that is busy with other work.
 */
public final class Eventually {
    public static final Duration LIMIT = Duration.ofMinutes(3);

    /** The limit, for waits that take a number of {@link java.util.concurrent.TimeUnit#SECONDS}. */
    public static final long SECONDS = LIMIT.toSeconds();

    private static final Duration PAUSE = Duration.ofMillis(2);

    private Eventually() {}

    /** Returns as soon as the condition holds, and fails when the limit has passed. */
    public static <E extends Exception> void holds(Condition<E> condition) throws E {
        holds(condition, () -> "The condition did not hold within " + LIMIT);
    }

    /** The same, with a message for the failure. */
    public static <E extends Exception> void holds(Condition<E> condition, Supplier<String> message) throws E {
        holds(condition, message, LIMIT);
    }

    static <E extends Exception> void holds(Condition<E> condition, Supplier<String> message, Duration limit) throws E {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(message.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** A condition that may fail with one kind of exception. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        /** Whether the wait is over. */
        boolean holds() throws E;
    }
}
