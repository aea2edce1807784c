package io.breakwater.port;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.PortException.IdempotencyException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one write of a call that has its effect at most once under an {@link IdempotencyKey}. The call passes it to its
 * store in the {@link CallContext}. The store records the key, the fingerprint and the result in the transaction of the
 * write, so that either all of them exist or none. A store that finds the key recorded does not write, and returns the
 * recorded result. Thread-safe.
 *
 * <p>A store calls {@link #start} first, then looks the key up, and then calls either {@link #onReplayed} or {@link
 * #beginEffect}.
 */
public final class IdempotentWrite {
    private final IdempotencyKey key;
    private final boolean replayOnly;
    private final AtomicReference<State> state = new AtomicReference<>(State.NOT_STARTED);

    private enum State {
        NOT_STARTED,
        STARTED,
        REPLAYED
    }

    /** Creates a write that has not started. */
    public IdempotentWrite(IdempotencyKey key) {
        this(key, false);
    }

    private IdempotentWrite(IdempotencyKey key, boolean replayOnly) {
        this.key = requireNonNull(key, "IdempotentWrite.key must not be null.");
        this.replayOnly = replayOnly;
    }

    /**
     * Creates a write that may only return the recorded result, for a call that repeats a finished one. No user has
     * confirmed this call, so it must not write even if the record has expired in the meantime.
     */
    public static IdempotentWrite replayOf(IdempotencyKey key) {
        return new IdempotentWrite(key, true);
    }

    /**
     * Starts the write and returns its key.
     *
     * @throws IllegalStateException if it has started already: a call has one write, because a second one would receive
     *     the recorded result of the first
     */
    public IdempotencyKey start() {
        if (!state.compareAndSet(State.NOT_STARTED, State.STARTED)) {
            throw new IllegalStateException("A call of " + key.tool()
                    + " writes twice under one idempotency key. Write once, or declare the tool without exactly-once"
                    + " recording.");
        }
        return key;
    }

    /** States that the store returned a recorded result and did not write. */
    public void onReplayed() {
        state.set(State.REPLAYED);
    }

    /**
     * States that the store has no recorded result, and will write now.
     *
     * @throws IdempotencyException if this call may only {@linkplain #replayOf repeat} a recorded one; the store must not
     *     write
     */
    public void beginEffect() {
        if (replayOnly) {
            throw IdempotencyException.resultExpired();
        }
    }

    /** Returns true if the write has started. */
    public boolean isStarted() {
        return state.get() != State.NOT_STARTED;
    }

    /** Returns true if the store returned a recorded result. */
    public boolean isReplayed() {
        return state.get() == State.REPLAYED;
    }
}
