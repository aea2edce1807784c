package io.breakwater.adapter.http;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A stream of server-sent events to one client. Any thread adds messages to a bounded queue, and the event loop writes
 * them in the same order. A message counts until the socket accepted it, so the limit includes the buffers of Vert.x
 * and Netty. A client that reads nothing for the write time is disconnected.
 *
 * <p>The stream reserves one of the permitted open streams before it writes the head, and releases it exactly once.
 */
final class EventStream {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");

    /**
     * The weight of an open stream without its queue, in bytes; the limit on connections covers the memory of its
     * connection.
     */
    static final int WEIGHT = 2 * 1024;

    private final HttpExchange exchange;
    private final HttpSettings.Streams limits;
    private final AtomicBoolean counted = new AtomicBoolean(true);

    // Guarded by the queue.
    private final Queue<Buffer> queue = new ArrayDeque<>();
    private int waitingBytes;
    private int waitingEvents;
    private boolean flushing;
    private boolean ended;
    private boolean closed;

    // Used on the event loop only.
    private boolean begun;
    private boolean drained;
    private int pendingWrites;
    private long nextHeartbeat;

    private EventStream(HttpExchange exchange) {
        this.exchange = exchange;
        this.limits = exchange.loop.settings.streams();
    }

    /** Opens a stream, or returns null when the maximum number of streams is open. */
    static @Nullable EventStream open(HttpExchange exchange) {
        if (!exchange.loop.counters.tryOpenStream()) {
            return null;
        }
        exchange.memory.grow(WEIGHT); // the limit on streams covers it
        return new EventStream(exchange);
    }

    /** Writes the head of the response. */
    void begin(ReplyStatus status) {
        if (exchange.settled()) {
            close();
            return;
        }
        begun = true;
        var response = exchange.response;
        StatusMapping.head(response, status);
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
                .putHeader(BUFFERING, NO);
        if (exchange.request.version().equals(HttpVersion.HTTP_1_0)) {
            sendHeartbeat(); // only closing the connection ends such a stream; the head is sent with the first bytes
        } else {
            response.writeHead();
        }
        scheduleHeartbeat();
        flush();
    }

    OfferResult offer(Event event) {
        var frame = SseFrames.of(event);
        synchronized (queue) {
            if (closed || ended) {
                return OfferResult.CLOSED;
            }
            if (isFullFor(frame) || !reserve(frame)) {
                return OfferResult.FULL;
            }
            enqueue(frame);
            if (flushing) {
                return OfferResult.ACCEPTED;
            }
            flushing = true;
        }
        exchange.loop.run(this::flush);
        return OfferResult.ACCEPTED;
    }

    /** Adds a message, even above the limits. */
    void deliver(Event event) {
        append(SseFrames.of(event), false);
    }

    /** Adds a message, even above the limits, and ends the stream after it. */
    void endWith(Event event) {
        append(SseFrames.of(event), true);
    }

    /** Ends the stream after the messages that were accepted. */
    void end() {
        append(null, true);
    }

    private void append(@Nullable Buffer last, boolean end) {
        synchronized (queue) {
            if (closed || ended) {
                return;
            }
            ended = end;
            if (last != null) {
                exchange.memory.grow(last.length());
                enqueue(last);
            }
            if (flushing) {
                return;
            }
            flushing = true;
        }
        exchange.loop.run(this::flush);
    }

    /** Drops the queue; nothing more is written. */
    void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
        }
        if (counted.compareAndSet(true, false)) {
            exchange.loop.counters.streamClosed();
        }
    }

    /** Disconnects a stalled client, and sends a heartbeat when it is due. */
    void checkTimeouts(long now) {
        if (pendingWrites > 0 && exchange.isStalled(now)) {
            exchange.abort();
        } else if (begun && now - nextHeartbeat >= 0) {
            sendHeartbeat();
        }
    }

    /** Sends a heartbeat at once, so that a closed connection is detected. */
    void probe() {
        if (begun) {
            sendHeartbeat();
        }
    }

    /** An empty queue accepts one message of any size. */
    private boolean isFullFor(Buffer frame) {
        return waitingEvents > 0
                && (waitingEvents >= limits.queueEvents() || waitingBytes + frame.length() > limits.queueBytes());
    }

    /**
     * Reserves memory for a message; an empty queue always succeeds. The memory is released when the socket accepted
     * the message.
     */
    private boolean reserve(Buffer frame) {
        if (waitingEvents > 0) {
            return exchange.memory.tryGrow(frame.length());
        }
        exchange.memory.grow(frame.length());
        return true;
    }

    private void enqueue(Buffer frame) {
        queue.add(frame);
        waitingBytes += frame.length();
        waitingEvents++;
    }

    private void sendHeartbeat() {
        synchronized (queue) {
            waitingBytes += SseFrames.COMMENT.length();
            waitingEvents++;
            exchange.memory.grow(SseFrames.COMMENT.length());
        }
        write(SseFrames.COMMENT);
    }

    private void flush() {
        if (!begun) {
            return; // begin() writes the head first and then flushes
        }
        for (var frame = poll(); frame != null; frame = poll()) {
            write(frame);
        }
        if (drained && !exchange.settled()) {
            close();
            if (exchange.request.version().equals(HttpVersion.HTTP_1_0)) {
                exchange.announceClose();
            }
            exchange.end(Buffer.buffer());
        }
    }

    private @Nullable Buffer poll() {
        synchronized (queue) {
            var frame = queue.poll();
            flushing = frame != null;
            drained = frame == null && ended;
            return frame;
        }
    }

    private void write(Buffer frame) {
        if (exchange.settled()) {
            return;
        }
        scheduleHeartbeat();
        if (pendingWrites++ == 0) {
            exchange.markProgress();
        }
        exchange.response.write(frame).onComplete(taken -> written(frame.length()));
    }

    private void written(int bytes) {
        pendingWrites--;
        exchange.markProgress();
        synchronized (queue) {
            waitingBytes -= bytes;
            waitingEvents--;
            exchange.memory.shrink(bytes);
        }
    }

    private void scheduleHeartbeat() {
        nextHeartbeat =
                exchange.loop.now() + HttpEventLoop.jittered(limits.keepAlive().toNanos());
    }
}
