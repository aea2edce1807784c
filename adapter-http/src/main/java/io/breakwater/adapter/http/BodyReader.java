package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request and counts its bytes: {@code Content-Length} is used only to refuse a body or to limit it
 * further. A body that arrives in one piece, the common case, is copied once.
 *
 * <p>Memory is reserved before more is read, from the first piece on, in steps that double; and at the end for the
 * weight of the parsed message. A body that is complete with its first piece needs only that last reservation.
 */
final class BodyReader implements HttpExchange.Listener {
    private static final byte[] EMPTY = {};

    /** HTTP/1.1 bodies are decoded in pieces of at most this size. */
    private static final int PIECE = 8 * 1024;

    private static final int FIRST_STEP = 4 * PIECE;

    private final HttpExchange exchange;
    private final ToLongFunction<byte[]> weigher;
    private final Consumer<byte[]> then;
    private final int maxBytes;
    private final int maxLength;
    private long began;
    private boolean waiting;
    private @Nullable Buffer piece;
    private byte[] bytes = EMPTY;
    private int length;
    private int reserved;

    private BodyReader(HttpExchange exchange, int maxBytes, ToLongFunction<byte[]> weigher, Consumer<byte[]> then) {
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.weigher = weigher;
        this.then = then;
        this.maxLength = maxLength(exchange, maxBytes);
        this.began = exchange.loop.now();
    }

    /**
     * Reads the body and passes it on, unless the request is refused before.
     *
     * @param weigher gives the bytes that the parsed message occupies in addition to its body
     */
    static void read(HttpExchange exchange, ToLongFunction<byte[]> weigher, Consumer<byte[]> then) {
        start(new BodyReader(exchange, exchange.loop.settings.limits().bodyBytes(), weigher, then));
    }

    /**
     * Reads the body for an HTTP resource and passes it on, unless the request is refused before.
     *
     * @param maxBytes the maximum size that the resource accepts
     */
    static void read(HttpExchange exchange, int maxBytes, Consumer<byte[]> then) {
        start(new BodyReader(exchange, maxBytes, body -> 0, then));
    }

    private static void start(BodyReader body) {
        body.exchange.setListener(body);
        body.exchange.request.handler(body::add).endHandler(nothing -> body.end());
    }

    /** Whether {@code Content-Length} is above the limit. */
    static boolean isTooLong(HttpServerRequest request, HttpSettings.Limits limits) {
        return isTooLong(request, limits.bodyBytes());
    }

    /** Whether {@code Content-Length} is above this number of bytes. */
    static boolean isTooLong(HttpServerRequest request, int maxBytes) {
        var announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The decoder accepts only digits; more than nine of them exceed every limit.
        return announced != null && (announced.length() > 9 || Integer.parseInt(announced) > maxBytes);
    }

    /**
     * Whether the body of a refused request is short enough to read it to its end, so that the connection can be
     * reused.
     */
    static boolean isDrainable(HttpServerRequest request, HttpSettings.Limits limits) {
        boolean lengthKnown = request.version().equals(HttpVersion.HTTP_2)
                ? request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                : !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return lengthKnown && !isTooLong(request, limits);
    }

    /** Returns the maximum length of the body: the announced length, or the limit. */
    private static int maxLength(HttpExchange exchange, int maxBytes) {
        var announced = exchange.request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? maxBytes : Integer.parseInt(announced);
    }

    @Override
    public void checkTimeouts(long now) {
        if (waiting) {
            return; // the server causes the delay
        }
        var limits = exchange.loop.settings.limits();
        long earned = TimeUnit.SECONDS.toNanos(length) / limits.bodyBytesPerSecond();
        if (now - began > limits.bodyTimeout().toNanos() + earned) {
            exchange.refuse(RequestRejection.SLOW);
        }
    }

    @Override
    public void clientDisconnected() {
        // The endpoint does not know of the message yet.
    }

    /** Drops the body at once, since the connection may keep this object for a long time. */
    @Override
    public void refused() {
        piece = null;
        bytes = EMPTY;
    }

    private void add(Buffer next) {
        if (exchange.settled()) {
            return;
        }
        if (next.length() == 0 && exchange.connection.marksMalformedBodies()) {
            exchange.refuse(RequestRejection.BODY_FRAMING); // see StrictDecoder
        } else if (next.length() > maxBytes - length) {
            exchange.refuseBodySize(maxBytes);
        } else if (length == 0) {
            piece = next;
            length = next.length();
            reserveAhead();
        } else {
            append(next);
            reserveAhead();
        }
    }

    private void append(Buffer next) {
        int total = length + next.length();
        if (total > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(total, reserved));
        }
        if (piece != null) {
            piece.getBytes(bytes, 0);
            piece = null;
        }
        next.getBytes(bytes, length);
        length = total;
    }

    /** Reserves memory for the next piece before it is read. */
    private void reserveAhead() {
        int needed = Math.min(maxLength, length + PIECE);
        if (needed > reserved && length < maxLength) {
            int step = Math.min(maxLength, Math.max(FIRST_STEP, 2 * needed)) - reserved;
            if (exchange.memory.tryGrow(step)) {
                reserved += step;
            } else {
                awaitMemory(step, () -> reserved += step);
            }
        }
    }

    /** Continues when {@code more} bytes are reserved; the time until then does not count against the client. */
    private void awaitMemory(long more, Runnable afterwards) {
        waiting = true;
        long since = exchange.loop.now();
        exchange.loop.waiting.add(exchange, more, () -> {
            waiting = false;
            began += exchange.loop.now() - since;
            afterwards.run();
        });
    }

    private void end() {
        if (exchange.settled()) {
            return;
        }
        var whole = whole();
        long weight = whole.length + weigher.applyAsLong(whole);
        if (!exchange.memory.account().budget().fitsAnEmptyShare(weight)) {
            exchange.refuseWeight(weight);
        } else if (weight <= reserved || exchange.memory.tryGrow(weight - reserved)) {
            deliver(whole, weight);
        } else {
            awaitMemory(weight - reserved, () -> deliver(whole, weight));
        }
    }

    private byte[] whole() {
        if (piece != null) {
            return piece.getBytes();
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void deliver(byte[] whole, long weight) {
        exchange.memory.countAsMessage(Math.max(weight, reserved));
        exchange.setListener(null);
        piece = null; // the request keeps its handlers, and with them this object, until it is answered
        bytes = EMPTY;
        then.accept(whole);
    }
}
