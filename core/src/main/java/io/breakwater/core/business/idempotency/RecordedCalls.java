package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;

/**
 * Calls whose store records the key in the transaction of the effect. They look their key up before they ask a user, so
 * that no user confirms what has happened already. The methods block. Thread-safe.
 */
public final class RecordedCalls {
    private final IdempotencyStore store;

    /** Creates the calls of a server on the store that contains their keys. */
    public RecordedCalls(IdempotencyStore store) {
        this.store = store;
    }

    /**
     * Returns true if a call with this key and these arguments has ended, and its result is recorded.
     *
     * @throws IdempotencyException if an earlier call with this key runs or has other arguments
     */
    public boolean contains(IdempotencyKey key, CallContext context) {
        var earlier = store.find(key, context);
        return earlier.isPresent() && isFinished(earlier.get());
    }

    private static boolean isFinished(Claim.Earlier earlier) {
        return switch (earlier) {
            case Claim.Finished finished -> true;
            case Claim.InProgress(var retryAfter) -> throw IdempotencyException.inProgress(retryAfter);
            case Claim.OtherArguments() -> throw IdempotencyException.otherArguments();
            case Claim.OutcomeUnknown() -> throw IdempotencyException.unknownOutcome();
        };
    }
}
