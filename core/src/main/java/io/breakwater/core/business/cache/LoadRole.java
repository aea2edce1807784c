package io.breakwater.core.business.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The role of one call in a load that several calls share. The leader loads the result and calls {@link #complete},
 * {@link #fail} or {@link #leave}; the followers {@link #await} the outcome. Thread-safe.
 *
 * @param <R> the type of the result
 */
public final class LoadRole<R> {
    private final LoadTicket<R> ticket;
    private final CompletableFuture<LoadOutcome<R>> future = new CompletableFuture<>();
    private volatile boolean leads;

    LoadRole(LoadTicket<R> ticket, boolean leads) {
        this.ticket = ticket;
        this.leads = leads;
    }

    void publish(LoadOutcome<R> outcome) {
        if (outcome instanceof LoadOutcome.Promoted) {
            leads = true;
        }
        future.complete(outcome);
    }

    /** Returns true if this call is the leader and loads the result. */
    public boolean leads() {
        return leads;
    }

    /** Waits for the outcome, as a follower. */
    public LoadOutcome<R> await() throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The outcome of a load never completes exceptionally.", e);
        }
    }

    /** Completes the load for all callers. */
    public void complete(R result) {
        ticket.complete(new LoadOutcome.Loaded<>(result));
    }

    /** Fails the load for all callers, because a follower could not load the result either. */
    public void fail(Throwable failure) {
        ticket.fail(this, new LoadOutcome.Failed<>(failure));
    }

    /**
     * Leaves the load. If this call is the leader, the next follower becomes the leader. Does nothing after the end of
     * the load or when it is called again.
     */
    public void leave() {
        ticket.leave(this);
    }
}
