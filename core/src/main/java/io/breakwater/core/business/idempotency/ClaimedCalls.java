package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose effect is outside the store, and happens at most once under a key: the call claims the key before its
 * effect and records its result after it. {@link #renewAll} renews the claims of the calls that run, however long they
 * take. If the process stops in between, the outcome is unknown when the lease has ended, and every later call with the
 * key says so. The methods block. Thread-safe.
 */
@OutageBehavior(
        guard = "idempotency keys",
        dependency = GuardDependency.STORE,
        failure = "down before the effect",
        effect = OutageEffect.DENY,
        behavior =
                "A call with a key fails with `EXTERNAL_ERROR` and has no effect. Calls without a key are not affected.",
        recovery = "The same call with the same key can be sent again.",
        signal = "health cause `store`; `mcp_errors_total{error_type=\"external_error\"}`",
        details = "idempotency.md#what-a-key-guarantees")
@OutageBehavior(
        guard = "idempotency keys",
        dependency = GuardDependency.STORE,
        failure = "down between the effect and the record",
        effect = OutageEffect.DENY,
        behavior =
                "The first call receives its result. Each later call with the key ends with `CONFLICT`: the outcome is "
                        + "unknown.",
        recovery = "It does not end for this key: the caller checks the effect and uses a new key.",
        signal = "`mcp_idempotent_calls_total{outcome=\"unknown_outcome\"}`; log line `The outcome of a call was not "
                + "stored`",
        details = "idempotency.md#what-a-key-guarantees")
@OutageBehavior(
        guard = "idempotency keys",
        dependency = GuardDependency.PROCESS,
        failure = "killed between the effect and the record",
        effect = OutageEffect.DENY,
        behavior = "Each later call with the key ends with `CONFLICT`: first because the call is in progress, and two "
                + "minutes after the last renewal of its claim because its outcome is unknown.",
        recovery = "It does not end for this key: the caller checks the effect and uses a new key.",
        signal = "`mcp_idempotent_calls_total{outcome=\"unknown_outcome\"}`",
        details = "idempotency.md#what-a-key-guarantees")
public final class ClaimedCalls {
    /** The pause between two renewals; several of them may fail before a lease ends. */
    public static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(30);

    /** The time after which a call counts as one with an unknown outcome if its server has stopped. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    /** The stored result of a call whose key only binds its arguments. */
    private static final Json.Raw BOUND = new Json.Raw(new byte[] {'{', '}'});

    private final IdempotencyStore store;
    private final Duration holdTime;
    private final Set<ClaimedCall> running = ConcurrentHashMap.newKeySet();

    /**
     * Creates the calls of a server on its store.
     *
     * @param inputTimeout the time that a client has for its response between two rounds of a call
     */
    public ClaimedCalls(IdempotencyStore store, Duration inputTimeout) {
        this.store = store;
        this.holdTime = inputTimeout.plus(LEASE);
    }

    /**
     * Claims a key for a call.
     *
     * @param held the id of the claim that an earlier round of the call holds; null for none
     * @throws IdempotencyException if an earlier call with this key runs, has other arguments or an unknown outcome
     */
    public Start start(IdempotencyKey key, @Nullable String held, CallContext context) {
        return switch (claim(key, held, context)) {
            case Claim.Granted granted -> new Start.First(begin(key, granted, context));
            case Claim.Finished(var result) ->
                new Start.Repeated(result.orElseThrow(IdempotencyException::resultNotKept));
            case Claim.InProgress(var retryAfter) -> throw IdempotencyException.inProgress(retryAfter);
            case Claim.OtherArguments() -> throw IdempotencyException.otherArguments();
            case Claim.OutcomeUnknown() -> throw IdempotencyException.unknownOutcome();
        };
    }

    private Claim claim(IdempotencyKey key, @Nullable String held, CallContext context) {
        if (held != null) {
            var resumed = store.resume(key, new Claim.Granted(held), LEASE, context);
            if (resumed.isPresent()) {
                return resumed.get();
            }
        }
        return store.claim(key, LEASE, context);
    }

    private ClaimedCall begin(IdempotencyKey key, Claim.Granted granted, CallContext context) {
        var call = new ClaimedCall(store, key, granted, holdTime, context, running::remove);
        running.add(call);
        return call;
    }

    /**
     * Binds a key to the arguments of a call that makes calls with keys of their own. The call itself records no outcome,
     * and can be repeated at any time.
     *
     * @throws IdempotencyException if an earlier call with this key has other arguments
     */
    public void bindKey(IdempotencyKey key, CallContext context) {
        switch (store.claim(key, LEASE, context)) {
            case Claim.Granted granted -> store.complete(key, granted, Optional.of(BOUND), context);
            case Claim.OtherArguments() -> throw IdempotencyException.otherArguments();
            case Claim.Finished ignored -> {}
            case Claim.InProgress ignored -> {}
            case Claim.OutcomeUnknown() -> {}
        }
    }

    /** Returns true if no call with a claim runs at present. */
    public boolean isIdle() {
        return running.isEmpty();
    }

    /**
     * Renews the claims of all calls that run.
     *
     * @throws PortException if a claim cannot be renewed; then the others are not renewed either
     */
    public void renewAll() {
        running.forEach(call -> call.renew(LEASE));
    }

    /** What a call with a key has to do. */
    public sealed interface Start {
        /** It is the first call, and runs. */
        record First(ClaimedCall call) implements Start {}

        /** It repeats a call that has this result. */
        record Repeated(Json.Raw result) implements Start {}
    }
}
