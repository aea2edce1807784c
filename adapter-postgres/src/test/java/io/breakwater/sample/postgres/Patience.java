package io.breakwater.sample.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** How long tests wait for what a server does. */
public final class Patience {
    private static final Duration MOST = Duration.ofSeconds(60);

    private Patience() {}

    /** Returns when the condition holds, and fails when that takes too long. */
    public static <E extends Exception> void await(Condition<E> condition) throws E {
        long end = System.nanoTime() + MOST.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - end).as("nanoseconds too late").isNegative();
            Thread.onSpinWait();
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        /** Whether the wait is over. */
        boolean holds() throws E;
    }
}
