package io.breakwater.sample.postgres;

import io.breakwater.sample.waiting.Eventually;

/** How long tests wait for what a server does. */
public final class Patience {
    private Patience() {}

    /** Returns when the condition holds, and fails when that takes too long. */
    public static <E extends Exception> void await(Eventually.Condition<E> condition) throws E {
        Eventually.holds(condition);
    }
}
