package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * Stores the results of calls whose effect is not in this store, under idempotency keys. Such a call has its effect at
 * most once: it first claims its key, renews the claim while it runs, and records its result when it has ended. A claim
 * without a result whose lease has ended belongs to a call with an unknown outcome. The methods block and raise {@link
 * io.breakwater.port.PortException}. Contract: {@code IdempotencyStoreContract}.
 *
 * <p>A write to this store itself needs no claim: see {@link io.breakwater.port.IdempotentWrite}. {@link #find} finds the
 * keys of these writes too.
 */
public interface IdempotencyStore {

    /**
     * Claims a key for a call. The operation is atomic: of any number of calls, one receives {@link Claim.Granted}.
     *
     * @param lease the time in which the call should end or renew the claim
     */
    Claim claim(IdempotencyKey key, Duration lease, CallContext context);

    /**
     * Returns the state of an earlier call with a key, and changes nothing; empty if the key is free. The result of a
     * recorded write has the form that its store gave it.
     */
    Optional<Claim.Earlier> find(IdempotencyKey key, CallContext context);

    /**
     * Continues a call that ended with a claim in hand, because its client has to respond: exchanges its claim for a new
     * one. The operation is atomic: of any number of calls with the same earlier claim, one receives a new one.
     *
     * @param earlier the claim of the call so far
     * @param lease the time in which the call should end or renew the new claim
     * @return the new claim; empty if the key does not belong to the earlier one, or its call has ended
     */
    Optional<Claim.Granted> resume(IdempotencyKey key, Claim.Granted earlier, Duration lease, CallContext context);

    /**
     * Sets the lease of a claim whose call has not ended. The key is not forgotten before the end of the lease. It has no
     * effect if the call has ended or the claim was forgotten.
     *
     * @param lease the time in which the call should end or renew the claim, from now on
     */
    void renew(IdempotencyKey key, Claim.Granted claim, Duration lease, CallContext context);

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

        /** There is an earlier call with the key. */
        sealed interface Earlier extends Claim {}

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
        record Finished(Optional<Json.Raw> result) implements Earlier {}

        /**
         * An earlier call with this key is running.
         *
         * @param retryAfter the time after which to repeat the call; at most the remaining time of the lease
         */
        record InProgress(Duration retryAfter) implements Earlier {}

        /** The key belongs to a call with other arguments. */
        record OtherArguments() implements Earlier {}

        /** The lease of an earlier call with this key has ended, and the call did not record a result. */
        record OutcomeUnknown() implements Earlier {}
    }
}
