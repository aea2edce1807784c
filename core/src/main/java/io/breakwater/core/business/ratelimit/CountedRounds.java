package io.breakwater.core.business.ratelimit;

/**
 * The rounds that calls with client requests have continued. A round belongs to a call that was counted, so it takes no
 * tokens the first time; a client that sends a round again makes another call. Thread-safe.
 */
@FunctionalInterface
public interface CountedRounds {

    /** Returns whether this process sees the round for the first time, and records it. */
    boolean isFirst(String round);
}
