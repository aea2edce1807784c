package io.breakwater.core.runtime;

import java.util.function.BooleanSupplier;

/** {@link io.breakwater.sample.waiting.Eventually}, at hand for this module. */
public final class Eventually {
    private Eventually() {}

    /** Returns as soon as the condition holds, and fails when the limit of all tests has passed. */
    public static void holds(BooleanSupplier condition) {
        io.breakwater.sample.waiting.Eventually.holds(condition::getAsBoolean);
    }
}
