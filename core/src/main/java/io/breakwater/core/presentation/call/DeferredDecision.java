package io.breakwater.core.presentation.call;

import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The wait of a call for a decision that its interceptor deferred. It occupies no thread, and ends once: with the
 * decision, or with the call.
 */
final class DeferredDecision {
    private static final Decision CANCELLED = new Decision.Respond(new Outcome.Cancelled());

    private final ActiveCall call;
    private final Interceptor interceptor;
    private final AtomicBoolean ended = new AtomicBoolean();

    DeferredDecision(ActiveCall call, Interceptor interceptor) {
        this.call = call;
        this.interceptor = interceptor;
    }

    /** Continues the call on a virtual thread when the decision is known, or when the call has ended. */
    void await(CompletionStage<? extends Decision> stage) {
        call.onCancel(() -> resume(CANCELLED, null));
        stage.whenComplete(this::complete);
    }

    private void complete(@Nullable Decision decision, @Nullable Throwable failure) {
        if (!resume(decision, failure) && decision instanceof Decision.Proceed) {
            call.undo(interceptor); // it let a call through that had ended
        }
    }

    /** Continues the call; false if it has continued already. */
    private boolean resume(@Nullable Decision decision, @Nullable Throwable failure) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        try {
            call.resumeWith(() -> result(decision, failure));
        } catch (RejectedExecutionException closed) {
            if (decision instanceof Decision.Proceed) {
                call.undo(interceptor);
            }
            call.endWith(closed);
        }
        return true;
    }

    private Decision result(@Nullable Decision decision, @Nullable Throwable failure) {
        if (failure != null) {
            throw new CompletionException(failure);
        }
        if (decision instanceof Decision.Defer) {
            throw new IllegalStateException("an interceptor deferred its decision a second time");
        }
        return ActiveCall.requireResult(interceptor, decision, "before");
    }
}
