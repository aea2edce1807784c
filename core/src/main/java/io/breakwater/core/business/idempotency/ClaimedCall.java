package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import java.util.Optional;

/**
 * A call that has claimed its key. It ends with one of three methods, which have a few seconds even if the call was
 * cancelled. They block and throw {@link io.breakwater.port.PortException}; then the outcome is unknown for later calls.
 */
public final class ClaimedCall {
    /** The maximum size of a stored result, in bytes. */
    public static final int MAX_RESULT_BYTES = 64 * 1024;

    private final IdempotencyStore store;
    private final IdempotencyKey key;
    private final Claim.Granted claim;
    private final CallContext context;

    ClaimedCall(IdempotencyStore store, IdempotencyKey key, Claim.Granted claim, CallContext call) {
        this.store = store;
        this.key = key;
        this.claim = claim;
        this.context = new RecordingContext(call);
    }

    /** Records the result, for later calls with the key. A result that is too large is not stored. */
    public void complete(Json.Raw result) {
        store.complete(key, claim, Optional.of(result).filter(raw -> raw.utf8().length <= MAX_RESULT_BYTES), context);
    }

    /** Frees the key, because the call had no effect. */
    public void release() {
        store.release(key, claim, context);
    }

    /** States that the outcome is unknown. */
    public void abandon() {
        store.abandon(key, claim, context);
    }
}
