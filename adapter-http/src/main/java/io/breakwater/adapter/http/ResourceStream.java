package io.breakwater.adapter.http;

import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.ResponseStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The streamed body of an HTTP resource. Any thread adds bytes to a bounded queue, and the event loop writes them in the
 * same order. Bytes count until the socket accepted them. A client that reads nothing for the write time is
 * disconnected.
 *
 * <p>The stream counts as one of the permitted open streams. If it is an event stream, comments show that both sides
 * are still connected; in other streams, only the bytes of the producer do.
 */
final class ResourceStream implements ResponseStream, HttpExchange.Listener {
    private static final String EVENTS = "text/event-stream";
    private static final CharSequence BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
    private static final CharSequence NO = HttpHeaders.createOptimized("no");

    private final HttpExchange exchange;
    private final boolean events;
    private final int maxQueued;
    private final AtomicBoolean counted = new AtomicBoolean(true);

    // Guarded by the queue.
    private final Queue<Buffer> queue = new ArrayDeque<>();
    private int queued;
    private boolean flushing;
    private boolean ended;
    private boolean closed;
    private @Nullable Runnable onReady;

    // Used on the event loop only.
    private @Nullable Runnable onDisconnect;
    private boolean disconnected;
    private boolean drained;
    private int pendingWrites;
    private long nextComment;

    private ResourceStream(HttpExchange exchange, boolean events) {
        this.exchange = exchange;
        this.events = events;
        this.maxQueued = exchange.loop.settings.streams().queueBytes();
    }

    /** Opens a stream, or returns null when the maximum number of streams is open. */
    static @Nullable ResourceStream open(HttpExchange exchange, String contentType) {
        if (!exchange.loop.counters.tryOpenStream()) {
            return null;
        }
        exchange.memory.grow(EventStream.WEIGHT); // the limit on streams covers it
        var stream =
                new ResourceStream(exchange, AcceptHeader.mediaType(contentType).equals(EVENTS));
        exchange.setListener(stream);
        return stream;
    }

    /** Sends the head of the response. */
    void begin() {
        scheduleComment();
        if (events) {
            exchange.response.putHeader(BUFFERING, NO);
        }
        if (!exchange.request.version().equals(HttpVersion.HTTP_1_0)) {
            exchange.response.writeHead(); // HTTP/1.0 sends it with the first bytes
        }
        if (exchange.loop.draining()) {
            draining();
        }
    }

    @Override
    public OfferResult offer(byte[] bytes) {
        synchronized (queue) {
            if (closed || ended) {
                return OfferResult.CLOSED;
            }
            if (queued > 0 && (queued + bytes.length > maxQueued || !exchange.memory.tryGrow(bytes.length))) {
                return OfferResult.FULL;
            }
            if (queued == 0) {
                exchange.memory.grow(bytes.length); // an empty queue accepts everything
            }
            queued += bytes.length;
            queue.add(Buffer.buffer(bytes));
        }
        flushSoon();
        return OfferResult.ACCEPTED;
    }

    @Override
    public void onReady(Runnable action) {
        boolean ready;
        synchronized (queue) {
            ready = isReady();
            onReady = ready ? null : action;
        }
        if (ready) {
            exchange.loop.run(action);
        }
    }

    /** Half of the queue must be free, so that a producer continues with more than a few bytes. */
    private boolean isReady() {
        return queued <= maxQueued / 2;
    }

    @Override
    public void end() {
        synchronized (queue) {
            if (closed || ended) {
                return;
            }
            ended = true;
        }
        flushSoon();
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

    private void flushSoon() {
        synchronized (queue) {
            if (flushing) {
                return;
            }
            flushing = true;
        }
        exchange.loop.run(() -> exchange.attempt(this::flush));
    }

    private void flush() {
        for (var next = poll(); next != null; next = poll()) {
            write(next);
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
            var next = queue.poll();
            flushing = next != null;
            drained = next == null && ended;
            return next;
        }
    }

    private void write(Buffer bytes) {
        if (exchange.settled()) {
            return;
        }
        scheduleComment();
        if (pendingWrites++ == 0) {
            exchange.markProgress();
        }
        exchange.response.write(bytes).onComplete(accepted -> written(bytes.length()));
    }

    private void written(int bytes) {
        pendingWrites--;
        exchange.markProgress();
        Runnable waiting = null;
        synchronized (queue) {
            queued -= bytes;
            exchange.memory.shrink(bytes);
            if (isReady()) {
                waiting = onReady;
                onReady = null;
            }
        }
        if (waiting != null && !exchange.settled()) {
            exchange.attempt(waiting);
        }
    }

    @Override
    public void checkTimeouts(long now) {
        if (pendingWrites > 0 && exchange.isStalled(now)) {
            exchange.abort();
        } else if (events && now - nextComment >= 0) {
            sendComment();
        }
    }

    /** Only a write shows whether the client still reads; without one, a client that half-closed counts as gone. */
    @Override
    public void probe() {
        if (events) {
            sendComment();
        } else if (pendingWrites == 0) {
            exchange.abort();
        }
    }

    private void sendComment() {
        synchronized (queue) {
            queued += SseFrames.COMMENT.length();
            exchange.memory.grow(SseFrames.COMMENT.length());
        }
        write(SseFrames.COMMENT);
    }

    /** Ends an event stream, because its client opens it again elsewhere; a download may still complete. */
    @Override
    public void draining() {
        if (events) {
            end();
        }
    }

    @Override
    public void clientDisconnected() {
        disconnected = true;
        close();
        if (onDisconnect != null) {
            onDisconnect.run();
        }
    }

    private void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
            onReady = null;
        }
        if (counted.compareAndSet(true, false)) {
            exchange.loop.counters.streamClosed();
        }
    }

    private void scheduleComment() {
        nextComment = exchange.loop.now()
                + HttpEventLoop.jittered(
                        exchange.loop.settings.streams().keepAlive().toNanos());
    }
}
