package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import java.time.Duration;

/**
 * Calls whose effect is outside the store, and happens at most once under a key: the call claims the key before its
 * effect and records its result after it. If the process stops in between, the outcome is unknown, and every later call
 * with the key says so. The methods block. Thread-safe.
 */
public final class ClaimedCalls {
    /** The time that a call may need beyond its deadline until it has recorded its result. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final IdempotencyStore store;

    /** Creates the calls of a server on its store. */
    public ClaimedCalls(IdempotencyStore store) {
        this.store = store;
    }

    /**
     * Claims a key for a call.
     *
     * @throws IdempotencyException if an earlier call with this key runs, has other arguments or an unknown outcome
     */
    public Start start(IdempotencyKey key, CallContext context) {
        return switch (store.claim(key, context.remaining().plus(MARGIN), context)) {
            case Claim.Granted granted -> new Start.First(new ClaimedCall(store, key, granted, context));
            case Claim.Finished(var result) ->
                new Start.Repeated(result.orElseThrow(IdempotencyException::resultNotKept));
            case Claim.InProgress(var retryAfter) -> throw IdempotencyException.inProgress(retryAfter);
            case Claim.OtherArguments() -> throw IdempotencyException.otherArguments();
            case Claim.OutcomeUnknown() -> throw IdempotencyException.unknownOutcome();
        };
    }

    /** What a call with a key has to do. */
    public sealed interface Start {
        /** It is the first call, and runs. */
        record First(ClaimedCall call) implements Start {}

        /** It repeats a call that has this result. */
        record Repeated(Json.Raw result) implements Start {}
    }
}
