package io.breakwater.core.business.ratelimit;

import io.breakwater.port.RateLimit;
import java.time.Duration;

/** The decision of {@link RateLimiter} about a call. */
public sealed interface RateLimitDecision {
    /** The call is admitted, and its tokens are taken. */
    Admitted ADMITTED = new Admitted();

    /** The decision needs the shared store, for which this thread must not wait. */
    Undecided UNDECIDED = new Undecided();

    /** See {@link #ADMITTED}. */
    record Admitted() implements RateLimitDecision {}

    /** See {@link #UNDECIDED}. */
    record Undecided() implements RateLimitDecision {}

    /**
     * A limit is exhausted, and nothing was taken.
     *
     * @param level the level of the limit
     * @param tool the tool whose calls it limits; empty if it limits calls of several tools and methods
     * @param limit the limit
     * @param retryAfter the time until the limit admits a call
     */
    record Limited(RateLimitLevel level, String tool, RateLimit limit, Duration retryAfter)
            implements RateLimitDecision {}

    /**
     * The call makes more calls of tools than a limit ever admits at once.
     *
     * @param level the level of the limit
     * @param calls the number of calls
     * @param most the largest number that the limit admits at once
     */
    record TooManyCalls(RateLimitLevel level, int calls, int most) implements RateLimitDecision {}
}
