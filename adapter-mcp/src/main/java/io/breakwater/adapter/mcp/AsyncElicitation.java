package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Sends client requests for asynchronous handlers. Each request waits for its response on its own virtual thread, never
 * on the subscribing thread, which may be one of the few threads that run all pipelines. Requests go out one after
 * another in the order of their subscriptions, because the modern protocol matches responses to requests by that order.
 *
 * <p>A request that suspends the call throws an {@link Error}, which is passed to {@code onSuspend} and not to the
 * pipeline. The pipeline receives no further signal, and the code that runs the call cancels it.
 */
final class AsyncElicitation implements ElicitationHandler {
    private static final Executor VIRTUAL_THREADS =
            task -> Thread.ofVirtual().name("breakwater-client-request").start(task);

    private final ToolContext toolContext;
    private final SdkFailureMapper failures;
    private final Consumer<Error> onSuspend;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    AsyncElicitation(ToolContext toolContext, SdkFailureMapper failures, Consumer<Error> onSuspend) {
        this.toolContext = toolContext;
        this.failures = failures;
        this.onSuspend = onSuspend;
    }

    @Override
    public Mono<Json.Obj> ask(String method, Json.Obj params) {
        return Mono.create(sink -> enqueue(new PendingRequest(method, params, sink)));
    }

    private synchronized void enqueue(PendingRequest request) {
        var answer = last.handleAsync((before, failed) -> request.send(cause(failed)), VIRTUAL_THREADS);
        last = answer;
        var unused = answer.whenComplete((result, failed) -> request.complete(result, cause(failed)));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failed) {
        return failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    }

    /** One client request, from its subscription to its response or its cancellation. */
    private final class PendingRequest {
        private final String method;
        private final Json.Obj params;
        private final MonoSink<Json.Obj> sink;
        private volatile boolean cancelled;

        PendingRequest(String method, Json.Obj params, MonoSink<Json.Obj> sink) {
            this.method = method;
            this.params = params;
            this.sink = sink;
        }

        Json.Obj send(@Nullable Throwable before) {
            if (before instanceof Error suspension) {
                throw suspension;
            }
            try (var interruption = new ThreadInterrupter()) {
                sink.onCancel(() -> {
                    cancelled = true;
                    interruption.interrupt();
                });
                if (cancelled) {
                    throw new CancellationException("the request was cancelled before it was sent");
                }
                return toolContext.request(method, params);
            }
        }

        void complete(Json.@Nullable Obj result, @Nullable Throwable failed) {
            switch (failed) {
                case null -> sink.success(result);
                case Error error -> onSuspend.accept(error);
                case Throwable ignored when cancelled -> {}
                case RuntimeException failure -> sink.error(failures.requestFailure(failure));
                case Throwable other -> sink.error(other);
            }
        }
    }
}
