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

/** One call that waits for one document, until it has it, or its time is over, or nobody wants it any more. */
final class PendingLoad {
    private final String id;
    private final CallContext scope;
    private final CompletableFuture<Optional<Document>> outcome = new CompletableFuture<>();

    PendingLoad(String id, CallContext scope) {
        this.id = id;
        this.scope = scope;
        scope.onCancel(this::leave);
    }

    String id() {
        return id;
    }

    CallContext scope() {
        return scope;
    }

    boolean waits() {
        return !outcome.isDone();
    }

    /** Runs the action once it waits no longer, for whatever reason. */
    void whenGone(Runnable action) {
        var unused = outcome.whenComplete((document, failure) -> action.run());
    }

    void served(@Nullable Document document) {
        outcome.complete(Optional.ofNullable(document));
    }

    void failed(Throwable thrown) {
        outcome.completeExceptionally(thrown);
    }

    private void leave() {
        failed(tooLate(null));
    }

    Optional<Document> await() {
        try {
            return outcome.get(scope.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (TimeoutException e) {
            leave();
            throw tooLate(e);
        } catch (InterruptedException e) {
            leave();
            Thread.currentThread().interrupt();
            throw tooLate(e);
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    private static PortException tooLate(@Nullable Throwable cause) {
        return new PortException.DeadlineExceededException(
                "The document was not loaded in the time the call had.", cause);
    }
}
