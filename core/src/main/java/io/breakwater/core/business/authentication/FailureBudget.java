package io.breakwater.core.business.authentication;

import java.time.Duration;

/**
 * Limits the checks that fail. Each source has a budget: an address, or an address together with the id of an API key.
 * A source that has used its budget up is locked out, each time for longer. All sources together have a budget too.
 * Thread-safe.
 */
public interface FailureBudget {

    /** Returns how long the source is still locked out; zero if it is not. */
    Duration remainingLockout(FailureSource source);

    /** Returns how long the budget of all sources together is still used up; zero if it is not. */
    Duration remainingLockoutOfAll();

    /**
     * Counts a check that took place and failed, also while all sources together are locked out. Returns zero, or the
     * time for which the source is locked out because its budget was used up before. A failure with a key is counted
     * for the key and then for its address; only the latter counts for all sources together.
     */
    Duration withdraw(FailureSource source);

    /**
     * Reserves the cost of one failure before a check that may fail. Reservations limit how many such checks run at
     * once, so that they cannot cause more failures than the budget has left, but only failures lock a source out.
     *
     * @param maxWait the maximum time to wait while other checks have reserved the rest of the budget; with zero, the
     *     method never blocks
     */
    Reservation reserve(FailureSource source, Duration maxWait);

    /** The result of {@link #reserve}. The check may take place only if it is {@link Granted}. */
    sealed interface Reservation {

        /** The check may take place. Exactly one of the methods is called when it has ended. */
        non-sealed interface Granted extends Reservation {

            /** The check failed, so its cost is taken. */
            void fail();

            /** The check did not fail. */
            void release();
        }

        /**
         * Too many checks have failed.
         *
         * @param remaining the time for which the source is locked out
         */
        record LockedOut(Duration remaining) implements Reservation {}

        /** Other checks have reserved the rest of the budget. */
        record Occupied() implements Reservation {}
    }
}
