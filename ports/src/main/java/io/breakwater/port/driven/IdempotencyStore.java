package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores the results of calls whose effect is not in this store, under idempotency keys. Such a call has its effect at
 * most once: it first claims its key, and records its result when it has ended. A claim without a result whose lease has
 * ended belongs to a call with an unknown outcome. The methods block and raise {@link io.breakwater.port.PortException}.
 * Contract: {@code IdempotencyStoreContract}.
 *
 * <p>A write to this store itself needs no claim: see {@link io.breakwater.port.IdempotentWrite}.
 */
public interface IdempotencyStore {

    /**
     * Claims a key for a call. The operation is atomic: of any number of calls, one receives {@link Claim.Granted}.
     *
     * @param lease the time in which the call should end
     */
    Claim claim(IdempotencyKey key, Duration lease, CallContext context);

    /**
     * Records the result of the call that has a claim. It has no effect if the claim was forgotten.
     *
     * @param result the result; empty if it is too large to be stored
     */
    void complete(IdempotencyKey key, Claim.Granted claim, Optional<Json.Raw> result, CallContext context);

    /** Gives a claim back, because the call had no effect; the next call with this key runs. */
    void release(IdempotencyKey key, Claim.Granted claim, CallContext context);

    /** Ends the lease of a claim, because its call has failed with an unknown outcome. */
    void abandon(IdempotencyKey key, Claim.Granted claim, CallContext context);

    /** The answer to {@link #claim}. */
    sealed interface Claim {

        /**
         * The key was free, and belongs to this call now.
         *
         * @param id identifies the claim
         */
        record Granted(String id) implements Claim {
            /** Refuses null. */
            public Granted {
                requireNonNull(id, "Granted.id must not be null.");
            }
        }

        /**
         * An earlier call with this key and these arguments has ended.
         *
         * @param result its result; empty if it was too large to be stored
         */
        record Finished(Optional<Json.Raw> result) implements Claim {}

        /**
         * An earlier call with this key is running.
         *
         * @param retryAfter the remaining time of its lease
         */
        record InProgress(Duration retryAfter) implements Claim {}

        /** The key belongs to a call with other arguments. */
        record OtherArguments() implements Claim {}

        /** The lease of an earlier call with this key has ended, and the call did not record a result. */
        record OutcomeUnknown() implements Claim {}
    }
}
