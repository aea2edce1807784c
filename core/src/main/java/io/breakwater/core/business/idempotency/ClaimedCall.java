package io.breakwater.core.business.idempotency;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A call that has claimed its key. It ends with one of four methods, which have a few seconds even if the call was
 * cancelled. They block and throw {@link io.breakwater.port.PortException}; then the outcome is unknown for later calls.
 * Thread-safe.
 */
public final class ClaimedCall {
    /** The maximum size of a stored result, in bytes. */
    public static final int MAX_RESULT_BYTES = 64 * 1024;

    private static final Duration RECORDING_TIME = Duration.ofSeconds(5);

    private final IdempotencyStore store;
    private final IdempotencyKey key;
    private final Claim.Granted claim;
    private final Duration holdTime;
    private final CallContext context;
    private final Consumer<ClaimedCall> onEnd;

    /** No renewal may arrive after the end, and bring an abandoned claim back to life. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean ended; // guarded by lock

    ClaimedCall(
            IdempotencyStore store,
            IdempotencyKey key,
            Claim.Granted claim,
            Duration holdTime,
            CallContext call,
            Consumer<ClaimedCall> onEnd) {
        this.store = store;
        this.key = key;
        this.claim = claim;
        this.holdTime = holdTime;
        this.context = call.detached(RECORDING_TIME);
        this.onEnd = onEnd;
    }

    /** Returns the id of the claim, with which a later round of this call resumes it. */
    public String id() {
        return claim.id();
    }

    /** Records the result, for later calls with the key. A result that is too large is not stored. */
    public void complete(Json.Raw result) {
        var stored = Optional.of(result).filter(raw -> raw.utf8().length <= MAX_RESULT_BYTES);
        end(() -> store.complete(key, claim, stored, context));
    }

    /** Frees the key, because the call had no effect. */
    public void release() {
        end(() -> store.release(key, claim, context));
    }

    /** States that the outcome is unknown. */
    public void abandon() {
        end(() -> store.abandon(key, claim, context));
    }

    /** Keeps the key for a later round of this call, because the call had an effect and its client has to respond. */
    public void hold() {
        end(() -> store.renew(key, claim, holdTime, context));
    }

    /** The call may have ended at its deadline, and its thread be interrupted. */
    private void end(Runnable record) {
        onEnd.accept(this);
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            ended = true;
            record.run();
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void renew(Duration lease) {
        lock.lock();
        try {
            if (!ended) {
                store.renew(key, claim, lease, context);
            }
        } finally {
            lock.unlock();
        }
    }
}
