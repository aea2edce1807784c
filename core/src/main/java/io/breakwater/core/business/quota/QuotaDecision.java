package io.breakwater.core.business.quota;

import java.time.Duration;
import java.time.Instant;

/** The decision about the charges of a call. */
public sealed interface QuotaDecision {
    /** All quotas have enough left, and the charges are made. */
    Admitted ADMITTED = new Admitted();

    /** The decision needs the store, for which this thread must not wait. */
    Undecided UNDECIDED = new Undecided();

    /** See {@link #ADMITTED}. */
    record Admitted() implements QuotaDecision {}

    /** See {@link #UNDECIDED}. */
    record Undecided() implements QuotaDecision {}

    /**
     * A quota has too little left, and nothing is charged.
     *
     * @param charge the charge on this quota
     * @param used the usage of the day
     * @param resetsAt the time at which the quota resets
     * @param retryAfter the time until then
     */
    record Refused(QuotaCharge charge, double used, Instant resetsAt, Duration retryAfter) implements QuotaDecision {

        /** Returns the reason as a sentence or two for the caller. */
        public String sentence() {
            return QuotaSentences.refusal(this);
        }
    }
}
