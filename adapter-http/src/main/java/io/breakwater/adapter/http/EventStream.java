package io.breakwater.adapter.http;

import io.breakwater.port.driving.Event;
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
 * A stream of server-sent events to one client. Messages come from any thread into a bounded queue and leave on the
 * event loop in the order they came; a message counts until the socket took it, so the bound holds for what Vert.x and
 * Netty keep too. A client that takes nothing for a while is cut off.
 *
 * <p>A slot among the open streams is taken before the head is written, and given back exactly once.
 */
final class EventStream {
    private static final CharSequence TEXT = HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");

    /** An open stream without its queue; what its connection occupies is bounded by the number of connections. */
    static final int WEIGHT = 2 * 1024;

    private final HttpExchange exchange;
    private final HttpSettings.Streams bounds;
    private final AtomicBoolean slot = new AtomicBoolean(true);

    // Guarded by the queue.
    private final Queue<Buffer> queue = new ArrayDeque<>();
    private int waitingBytes;
    private int waitingEvents;
    private boolean flushing;
    private boolean ended;
    private boolean closed;

    // Of the event loop.
    private boolean begun;
    private boolean lastOne;
    private int onTheWay;
    private long nextBeat;

    private EventStream(HttpExchange exchange) {
        this.exchange = exchange;
        this.bounds = exchange.loop.settings.streams();
    }

    /** A stream with a slot of its own, or null when none is free. */
    static @Nullable EventStream open(HttpExchange exchange) {
        if (!exchange.loop.tally.tryOpenStream()) {
            return null;
        }
        exchange.memory.grow(WEIGHT); // the number of streams bounds it
        return new EventStream(exchange);
    }

    /** Writes the head. */
    void begin(ReplyStatus disposition) {
        if (exchange.settled()) {
            close();
            return;
        }
        begun = true;
        var response = exchange.response;
        StatusMapping.head(response, disposition);
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE)
                .putHeader(BUFFERING, NO);
        if (exchange.request.version().equals(HttpVersion.HTTP_1_0)) {
            sendHeartbeat(); // only the close ends such a stream; its head goes out with the first bytes
        } else {
            response.writeHead();
        }
        rest();
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

    /** Takes one more message, whether it fits or not. */
    void deliver(Event event) {
        take(SseFrames.of(event), false);
    }

    /** Takes one more message, whether it fits or not, and ends after it. */
    void endWith(Event event) {
        take(SseFrames.of(event), true);
    }

    /** Ends after everything that was accepted. */
    void end() {
        take(null, true);
    }

    private void take(@Nullable Buffer last, boolean end) {
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

    /** Nothing more goes out. */
    void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
        }
        if (slot.compareAndSet(true, false)) {
            exchange.loop.tally.streamClosed();
        }
    }

    /** Keeps the silence short, and the client awake. */
    void look(long now) {
        if (onTheWay > 0 && exchange.isStalled(now)) {
            exchange.abort();
        } else if (begun && now - nextBeat >= 0) {
            sendHeartbeat();
        }
    }

    /** Says nothing, at once. */
    void probe() {
        if (begun) {
            sendHeartbeat();
        }
    }

    /** One message is always taken, however large, as long as nothing waits. */
    private boolean isFullFor(Buffer frame) {
        return waitingEvents > 0
                && (waitingEvents >= bounds.queueEvents() || waitingBytes + frame.length() > bounds.queueBytes());
    }

    /** As with the bounds: one message is always taken as long as nothing waits. Given back when the socket took it. */
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
            return; // the head comes first, and flushes then
        }
        for (var frame = poll(); frame != null; frame = poll()) {
            write(frame);
        }
        if (lastOne && !exchange.settled()) {
            close();
            if (exchange.request.version().equals(HttpVersion.HTTP_1_0)) {
                exchange.leaveConnection();
            }
            exchange.end(Buffer.buffer());
        }
    }

    private @Nullable Buffer poll() {
        synchronized (queue) {
            var frame = queue.poll();
            flushing = frame != null;
            lastOne = frame == null && ended;
            return frame;
        }
    }

    private void write(Buffer frame) {
        if (exchange.settled()) {
            return;
        }
        rest();
        if (onTheWay++ == 0) {
            exchange.progressed();
        }
        exchange.response.write(frame).onComplete(taken -> written(frame.length()));
    }

    private void written(int bytes) {
        onTheWay--;
        exchange.progressed();
        synchronized (queue) {
            waitingBytes -= bytes;
            waitingEvents--;
            exchange.memory.shrink(bytes);
        }
    }

    private void rest() {
        nextBeat =
                exchange.loop.now() + HttpEventLoop.jittered(bounds.keepAlive().toNanos());
    }
}
