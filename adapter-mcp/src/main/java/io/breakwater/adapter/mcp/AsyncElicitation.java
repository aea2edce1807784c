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
 * Asks for handlers that do not wait: each question waits for its answer on a thread of its own, never on the one that
 * subscribed, which may be one of the few that drive all pipelines. Questions go out one after the other in the order
 * they were subscribed to, because on a stateless wire their order is how answers find them.
 *
 * <p>A question that unwinds the call tells so past the pipeline. The pipeline hears nothing more and is cancelled by
 * whoever runs the call.
 */
final class AsyncElicitation implements ElicitationHandler {
    private static final Executor WAITING =
            task -> Thread.ofVirtual().name("breakwater-question").start(task);

    private final ToolContext conversation;
    private final SdkFailureMapper failures;
    private final Consumer<Error> unwinding;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    AsyncElicitation(ToolContext conversation, SdkFailureMapper failures, Consumer<Error> unwinding) {
        this.conversation = conversation;
        this.failures = failures;
        this.unwinding = unwinding;
    }

    @Override
    public Mono<Json.Obj> ask(String method, Json.Obj params) {
        return Mono.create(sink -> enqueue(new Turn(method, params, sink)));
    }

    private synchronized void enqueue(Turn turn) {
        var answer = last.handleAsync((before, failed) -> turn.take(cause(failed)), WAITING);
        last = answer;
        var unused = answer.whenComplete((result, failed) -> turn.tell(result, cause(failed)));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failed) {
        return failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    }

    /** One question, from when it is subscribed to until somebody knows its answer or has given up on it. */
    private final class Turn {
        private final String method;
        private final Json.Obj params;
        private final MonoSink<Json.Obj> sink;
        private volatile boolean givenUp;

        Turn(String method, Json.Obj params, MonoSink<Json.Obj> sink) {
            this.method = method;
            this.params = params;
            this.sink = sink;
        }

        Json.Obj take(@Nullable Throwable before) {
            if (before instanceof Error unwound) {
                throw unwound;
            }
            try (var interruption = new ThreadInterrupter()) {
                sink.onCancel(() -> {
                    givenUp = true;
                    interruption.interrupt();
                });
                if (givenUp) {
                    throw new CancellationException("given up before it was asked");
                }
                return conversation.ask(method, params);
            }
        }

        void tell(Json.@Nullable Obj result, @Nullable Throwable failed) {
            switch (failed) {
                case null -> sink.success(result);
                case Error error -> unwinding.accept(error);
                case Throwable ignored when givenUp -> {}
                case RuntimeException failure -> sink.error(failures.unanswered(failure));
                case Throwable other -> sink.error(other);
            }
        }
    }
}
