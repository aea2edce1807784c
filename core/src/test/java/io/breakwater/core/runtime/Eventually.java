package io.breakwater.core.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread must bring about. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(1);

    private Eventually() {}

    /** Returns as soon as the condition holds, fails when it does not for long. */
    public static void holds(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it never came to pass");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
