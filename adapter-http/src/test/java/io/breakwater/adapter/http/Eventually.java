package io.breakwater.adapter.http;

import io.breakwater.sample.waiting.Eventually.Condition;

/** {@link io.breakwater.sample.waiting.Eventually}, at hand for this package. */
final class Eventually {
    static final long SECONDS = io.breakwater.sample.waiting.Eventually.SECONDS;

    private Eventually() {}

    /** Returns as soon as the condition holds, and fails when the limit of all tests has passed. */
    static <E extends Exception> void holds(Condition<E> condition) throws E {
        io.breakwater.sample.waiting.Eventually.holds(condition);
    }
}
