package io.breakwater.adapter.http;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events to one client. Any thread adds messages, and comments show that both sides are still
 * connected.
 */
final class EventStream {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");

    private final HttpExchange exchange;
    private final StreamQueue queue;

    private EventStream(HttpExchange exchange, StreamQueue queue) {
        this.exchange = exchange;
        this.queue = queue;
    }

    /** Opens a stream, or returns null when the maximum number of streams is open. */
    static @Nullable EventStream open(HttpExchange exchange) {
        var queue = StreamQueue.open(exchange, exchange.loop.settings.streams().queueEvents());
        return queue == null ? null : new EventStream(exchange, queue);
    }

    /** Writes the head of the response. */
    void begin(ReplyStatus status) {
        if (exchange.settled()) {
            close();
            return;
        }
        var response = exchange.response;
        StatusMapping.head(response, status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT).putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        disableBuffering(exchange);
        if (queue.isHttp10()) {
            queue.sendComment(); // the head is sent with the first bytes
        }
        queue.begin();
    }

    /** Tells a proxy in front of the server that it must forward each piece at once. */
    static void disableBuffering(HttpExchange exchange) {
        exchange.response.putHeader(BUFFERING, NO);
    }

    OfferResult offer(Event event) {
        return queue.offer(SseFrames.of(event));
    }

    /** Adds a message, even above the limits. */
    void deliver(Event event) {
        queue.append(SseFrames.of(event), false);
    }

    /** Adds a message, even above the limits, and ends the stream after it. */
    void endWith(Event event) {
        queue.append(SseFrames.of(event), true);
    }

    /** Ends the stream after the messages that were accepted. */
    void end() {
        queue.append(null, true);
    }

    /** Drops the queue; nothing more is written. */
    void close() {
        queue.close();
    }

    /** Disconnects a stalled client, and sends a comment when it is due. */
    void checkTimeouts(long now) {
        if (queue.isStalled(now)) {
            exchange.abort();
        } else if (queue.isCommentDue(now)) {
            queue.sendComment();
        }
    }

    /** Sends a comment at once, so that a closed connection is detected. */
    void probe() {
        if (queue.hasBegun()) {
            queue.sendComment();
        }
    }
}
