package io.breakwater.core.business.authentication;

import java.time.Duration;

/**
 * Limits the checks that fail. Each source has a budget: an address, or an address together with the id of an API key.
 * A source that has used its budget up is locked out, each time for longer. All sources together have a budget too.
 * Thread-safe; never blocks.
 */
public interface FailureBudget {

    /** Returns how long the source is still locked out; zero if it is not. */
    Duration remainingLockout(FailureSource source);

    /** Returns how long the budget of all sources together is still used up; zero if it is not. */
    Duration remainingLockoutOfAll();

    /**
     * Takes the cost of one failure, before a check that may fail. Returns zero, or the time for which the source is
     * locked out; then nothing is taken, and the check must not take place.
     */
    Duration withdraw(FailureSource source);

    /** Returns the cost of a check that did not fail. */
    void refund(FailureSource source);
}
