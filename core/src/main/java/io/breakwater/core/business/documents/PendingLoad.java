package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.DocumentStore.Document;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call that waits for one document, until it has the document, its deadline passes, or it is cancelled. */
final class PendingLoad {
    private final String id;
    private final CallContext context;
    private final CompletableFuture<Optional<Document>> outcome = new CompletableFuture<>();

    PendingLoad(String id, CallContext context) {
        this.id = id;
        this.context = context;
        context.onCancel(this::leave);
    }

    String id() {
        return id;
    }

    CallContext context() {
        return context;
    }

    boolean isWaiting() {
        return !outcome.isDone();
    }

    /** Runs the action when the load no longer waits, for any reason. */
    void onEnd(Runnable action) {
        var unused = outcome.whenComplete((document, failure) -> action.run());
    }

    void complete(@Nullable Document document) {
        outcome.complete(Optional.ofNullable(document));
    }

    void fail(Throwable thrown) {
        outcome.completeExceptionally(thrown);
    }

    private void leave() {
        fail(deadlineExceeded(null));
    }

    Optional<Document> await() {
        try {
            return outcome.get(context.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw toRuntimeException(e.getCause());
        } catch (TimeoutException e) {
            leave();
            throw deadlineExceeded(e);
        } catch (InterruptedException e) {
            leave();
            Thread.currentThread().interrupt();
            throw deadlineExceeded(e);
        }
    }

    private static RuntimeException toRuntimeException(@Nullable Throwable thrown) {
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    private static PortException deadlineExceeded(@Nullable Throwable cause) {
        return new PortException.DeadlineExceededException(
                "The document was not loaded before the deadline of the call.", cause);
    }
}
