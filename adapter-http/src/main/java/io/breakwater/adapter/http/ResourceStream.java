package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ResponseStream;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The streamed body of an HTTP resource. If it is an event stream, comments show that both sides are still connected;
 * in other streams, only the bytes of the producer do. The stream is cut off when the credential of its sender has
 * expired or was revoked.
 */
final class ResourceStream implements ResponseStream, HttpExchange.Listener {
    private static final String EVENTS = "text/event-stream";

    private final HttpExchange exchange;
    private final StreamQueue queue;
    private final Authenticated sender;
    private final boolean events;

    // Used on the event loop only.
    private @Nullable Runnable onDisconnect;
    private boolean disconnected;

    private ResourceStream(HttpExchange exchange, StreamQueue queue, Authenticated sender, boolean events) {
        this.exchange = exchange;
        this.queue = queue;
        this.sender = sender;
        this.events = events;
    }

    /** Opens a stream, or returns null when the maximum number of streams is open. */
    static @Nullable ResourceStream open(HttpExchange exchange, Authenticated sender, String contentType) {
        var queue = StreamQueue.open(exchange, Integer.MAX_VALUE);
        if (queue == null) {
            return null;
        }
        boolean events = AcceptHeader.mediaType(contentType).equals(EVENTS);
        var stream = new ResourceStream(exchange, queue, sender, events);
        exchange.setListener(stream);
        return stream;
    }

    /** Sends the head of the response. */
    void begin() {
        if (events) {
            EventStream.disableBuffering(exchange);
        }
        queue.begin();
        if (exchange.loop.draining()) {
            draining();
        }
    }

    @Override
    public OfferResult offer(byte[] bytes) {
        return queue.offer(Buffer.buffer(bytes));
    }

    @Override
    public void onReady(Runnable action) {
        queue.onReady(action);
    }

    @Override
    public void end() {
        queue.append(null, true);
    }

    @Override
    public void fail() {
        exchange.loop.run(() -> {
            if (!exchange.settled()) {
                exchange.abort();
            }
        });
    }

    @Override
    public void onDisconnect(Runnable action) {
        exchange.loop.run(() -> {
            onDisconnect = action;
            if (disconnected) {
                action.run();
            }
        });
    }

    @Override
    public void checkTimeouts(long now) {
        if (queue.isStalled(now) || sender.hasEnded(Instant.now())) {
            exchange.abort();
        } else if (events && queue.isCommentDue(now)) {
            queue.sendComment();
        }
    }

    /** Only a write shows whether the client still reads; without one, a client that half-closed counts as gone. */
    @Override
    public void probe() {
        if (events) {
            queue.sendComment();
        } else if (!queue.isWriting()) {
            exchange.abort();
        }
    }

    /** Ends an event stream, because its client opens it again elsewhere; a download may still complete. */
    @Override
    public void draining() {
        if (events) {
            end();
        }
    }

    @Override
    public void refused() {
        queue.close();
    }

    @Override
    public void clientDisconnected() {
        disconnected = true;
        queue.close();
        if (onDisconnect != null) {
            onDisconnect.run();
        }
    }
}
