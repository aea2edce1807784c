package io.breakwater.core.business.concurrency;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A call that waits for a permit. The pool guards its state. */
public final class WaitingCall implements Admission {
    final ClassShare share;
    final PermitScope scope;
    final long since;
    final long deadline;
    private final CompletableFuture<Admission> result = new CompletableFuture<>();
    private @Nullable Admission decided;

    WaitingCall(ClassShare share, PermitScope scope, long since, long deadline) {
        this.share = share;
        this.scope = scope;
        this.since = since;
        this.deadline = deadline;
    }

    /**
     * Returns the permit or the rejection, on the thread that released the permit or found the call too old. It never
     * completes for a call that is {@linkplain PermitPool#cancel cancelled}.
     */
    public CompletionStage<Admission> result() {
        return result;
    }

    /** Decides the wait; the pool publishes the decision after it has left its lock. */
    void decide(Admission admission) {
        decided = admission;
    }

    @Nullable
    Admission decided() {
        return decided;
    }

    void publish() {
        result.complete(requireNonNull(decided, "a wait without a decision"));
    }
}
