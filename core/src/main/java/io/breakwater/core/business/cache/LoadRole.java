package io.breakwater.core.business.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One call's place on a flight. Whoever leads makes the result and says {@link #complete}, {@link #fail} or
 * {@link #leave}; the others {@link #await} their turn. Thread-safe.
 *
 * @param <R> what is made
 */
public final class LoadRole<R> {
    private final LoadTicket<R> flight;
    private final CompletableFuture<LoadOutcome<R>> turn = new CompletableFuture<>();
    private volatile boolean leads;

    LoadRole(LoadTicket<R> flight, boolean leads) {
        this.flight = flight;
        this.leads = leads;
    }

    void publish(LoadOutcome<R> told) {
        if (told instanceof LoadOutcome.Lead) {
            leads = true;
        }
        turn.complete(told);
    }

    /** True for who makes the result. */
    public boolean leads() {
        return leads;
    }

    /** For a follower: waits for its turn. */
    public LoadOutcome<R> await() throws InterruptedException {
        try {
            return turn.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn never fails", e);
        }
    }

    /** The result is there, for everybody. */
    public void complete(R result) {
        flight.complete(new LoadOutcome.Landed<>(result));
    }

    /** The result cannot be made, and no follower could make it either. */
    public void fail(Throwable failure) {
        flight.fail(this, new LoadOutcome.Failed<>(failure));
    }

    /** Wants it no more; if this seat leads, the next one does from now on. Harmless after the end, and twice. */
    public void leave() {
        flight.leave(this);
    }
}
