package io.breakwater.adapter.http.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Passes the bytes of a response on as they arrive. The HTTP client calls one method at a time, and delivers the next
 * bytes only when the previous ones were processed.
 */
final class ResponseBody implements BodySubscriber<Void> {
    private final Sink sink;
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    ResponseBody(Sink sink) {
        this.sink = sink;
    }

    /** Processes the bytes of a body. */
    interface Sink {
        /** Ignores all bytes. */
        Sink DISCARD = bytes -> {};

        /** Processes bytes, up to the limit of the buffer. */
        void accept(ByteBuffer bytes);

        /** The body is complete. */
        default void end() {}
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        opened.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        var opened = Objects.requireNonNull(subscription);
        try {
            buffers.forEach(sink::accept);
            opened.request(1);
        } catch (RuntimeException refused) {
            opened.cancel();
            body.completeExceptionally(refused);
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            sink.end();
            body.complete(null);
        } catch (RuntimeException failure) {
            body.completeExceptionally(failure);
        }
    }
}
