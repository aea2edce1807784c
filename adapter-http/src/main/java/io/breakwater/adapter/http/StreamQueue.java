package io.breakwater.adapter.http;

import io.breakwater.port.driving.OfferResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The queue of a streamed answer. Any thread adds pieces, and the event loop writes them in the same order. A piece
 * counts until the socket accepted it, so the limits include the buffers of Vert.x and Netty. A client that reads
 * nothing for the write time is disconnected.
 *
 * <p>The queue reserves one of the permitted open streams, and releases it exactly once.
 */
final class StreamQueue {
    /**
     * The weight of an open stream without its queue, in bytes; the limit on connections covers the memory of its
     * connection.
     */
    static final int WEIGHT = 2 * 1024;

    private final HttpExchange exchange;
    private final int maxBytes;
    private final int maxPieces;
    private final AtomicBoolean counted = new AtomicBoolean(true);

    // Guarded by the queue.
    private final Queue<Buffer> queue = new ArrayDeque<>();
    private int bytes;
    private int pieces;
    private boolean flushing;
    private boolean ended;
    private boolean closed;
    private @Nullable Runnable onReady;

    // Used on the event loop only.
    private boolean begun;
    private boolean drained;
    private int pendingWrites;
    private long nextComment;

    private StreamQueue(HttpExchange exchange, int maxPieces) {
        this.exchange = exchange;
        this.maxBytes = exchange.loop.settings.streams().queueBytes();
        this.maxPieces = maxPieces;
    }

    /** Opens a stream, or returns null when the maximum number of streams is open. */
    static @Nullable StreamQueue open(HttpExchange exchange, int maxPieces) {
        if (!exchange.loop.counters.tryOpenStream()) {
            return null;
        }
        exchange.memory.grow(WEIGHT); // the limit on streams covers it
        return new StreamQueue(exchange, maxPieces);
    }

    /** Sends the head of the answer, and what was added before. */
    void begin() {
        begun = true;
        if (!isHttp10()) {
            exchange.response.writeHead(); // HTTP/1.0 sends it with the first bytes
        }
        scheduleComment();
        flush();
    }

    /** Whether the head was sent. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether only closing the connection ends the answer. */
    boolean isHttp10() {
        return exchange.request.version().equals(HttpVersion.HTTP_1_0);
    }

    /** Adds a piece if the limits permit it; an empty queue accepts one of any size. */
    OfferResult offer(Buffer piece) {
        synchronized (queue) {
            if (closed || ended) {
                return OfferResult.CLOSED;
            }
            if (isFullFor(piece) || !reserve(piece)) {
                return OfferResult.FULL;
            }
            enqueue(piece);
            if (flushing) {
                return OfferResult.ACCEPTED;
            }
            flushing = true;
        }
        flushSoon();
        return OfferResult.ACCEPTED;
    }

    /** Adds a piece, even above the limits, and ends the answer after it if asked to. */
    void append(@Nullable Buffer last, boolean end) {
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
        flushSoon();
    }

    /** Runs an action on the event loop, once, when at least half of the queue is free. */
    void onReady(Runnable action) {
        boolean ready;
        synchronized (queue) {
            ready = isReady();
            onReady = ready ? null : action;
        }
        if (ready) {
            exchange.loop.run(action);
        }
    }

    /** Drops what is queued; nothing more is written. */
    void close() {
        synchronized (queue) {
            closed = true;
            queue.clear();
            onReady = null;
        }
        if (counted.compareAndSet(true, false)) {
            exchange.loop.counters.streamClosed();
        }
    }

    /** Writes a comment at once, before anything that is queued. */
    void sendComment() {
        synchronized (queue) {
            exchange.memory.grow(SseFrames.COMMENT.length());
            count(SseFrames.COMMENT);
        }
        write(SseFrames.COMMENT);
    }

    /** Whether nothing was written for the time after which a comment is due. */
    boolean isCommentDue(long now) {
        return begun && now - nextComment >= 0;
    }

    /** Whether the socket has not yet accepted something that was written. */
    boolean isWriting() {
        return pendingWrites > 0;
    }

    /** Whether the client has read nothing for the write time, although something was written. */
    boolean isStalled(long now) {
        return isWriting() && exchange.isStalled(now);
    }

    private boolean isFullFor(Buffer piece) {
        return pieces > 0 && (pieces >= maxPieces || bytes + piece.length() > maxBytes);
    }

    /** The memory is released when the socket accepted the piece. */
    private boolean reserve(Buffer piece) {
        if (pieces > 0) {
            return exchange.memory.tryGrow(piece.length());
        }
        exchange.memory.grow(piece.length());
        return true;
    }

    private void enqueue(Buffer piece) {
        queue.add(piece);
        count(piece);
    }

    private void count(Buffer piece) {
        bytes += piece.length();
        pieces++;
    }

    private boolean isReady() {
        return bytes <= maxBytes / 2;
    }

    private void flushSoon() {
        exchange.loop.run(() -> exchange.attempt(this::flush));
    }

    private void flush() {
        if (!begun) {
            return; // begin() writes the head first and then flushes
        }
        for (var piece = poll(); piece != null; piece = poll()) {
            write(piece);
        }
        if (drained && !exchange.settled()) {
            close();
            if (isHttp10()) {
                exchange.announceClose();
            }
            exchange.end(Buffer.buffer());
        }
    }

    private @Nullable Buffer poll() {
        synchronized (queue) {
            var piece = queue.poll();
            flushing = piece != null;
            drained = piece == null && ended;
            return piece;
        }
    }

    private void write(Buffer piece) {
        if (exchange.settled()) {
            return;
        }
        scheduleComment();
        if (pendingWrites++ == 0) {
            exchange.markProgress();
        }
        exchange.response.write(piece).onComplete(accepted -> written(piece.length()));
    }

    private void written(int length) {
        pendingWrites--;
        exchange.markProgress();
        Runnable waiting = null;
        synchronized (queue) {
            bytes -= length;
            pieces--;
            exchange.memory.shrink(length);
            if (isReady()) {
                waiting = onReady;
                onReady = null;
            }
        }
        if (waiting != null && !exchange.settled()) {
            exchange.attempt(waiting);
        }
    }

    private void scheduleComment() {
        nextComment = exchange.loop.now()
                + HttpEventLoop.jittered(
                        exchange.loop.settings.streams().keepAlive().toNanos());
    }
}
