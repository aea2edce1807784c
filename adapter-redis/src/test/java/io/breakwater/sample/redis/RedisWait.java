package io.breakwater.sample.redis;

import io.breakwater.sample.waiting.Eventually;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come to pass. */
public final class RedisWait {
    private RedisWait() {}

    /** Returns as soon as the condition holds, and fails when the limit of all tests has passed. */
    public static void until(BooleanSupplier condition) {
        Eventually.holds(condition::getAsBoolean);
    }

    static void until(BooleanSupplier condition, Supplier<String> otherwise) {
        Eventually.holds(condition::getAsBoolean, otherwise);
    }
}
