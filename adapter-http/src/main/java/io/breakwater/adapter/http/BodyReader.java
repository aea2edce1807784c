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
 * Reads the body of a request, counting bytes: what {@code Content-Length} says is believed only when it is too much. A
 * body that comes in one piece, the common case, is copied once.
 *
 * <p>Memory is reserved before more is read, from the first piece on, in steps that double; and at the end for what the
 * message weighs once it is parsed. Only a body that is complete with its first piece waits for that reservation.
 */
final class BodyReader implements HttpExchange.Watch {
    private static final byte[] NONE = {};

    /** HTTP/1.1 bodies are decoded in pieces of at most this size. */
    private static final int PIECE = 8 * 1024;

    private static final int FIRST_STEP = 4 * PIECE;

    private final HttpExchange exchange;
    private final ToLongFunction<byte[]> weigher;
    private final Consumer<byte[]> then;
    private final int most;
    private long began;
    private boolean waiting;
    private @Nullable Buffer piece;
    private byte[] bytes = NONE;
    private int length;
    private int reserved;

    private BodyReader(HttpExchange exchange, ToLongFunction<byte[]> weigher, Consumer<byte[]> then) {
        this.exchange = exchange;
        this.weigher = weigher;
        this.then = then;
        this.most = most(exchange);
        this.began = exchange.loop.now();
    }

    /**
     * Reads the body, then does that with it, unless the request is refused before.
     *
     * @param weigher what the message occupies beside its bytes once it is parsed
     */
    static void read(HttpExchange exchange, ToLongFunction<byte[]> weigher, Consumer<byte[]> then) {
        var body = new BodyReader(exchange, weigher, then);
        exchange.onStateChange(body);
        exchange.request.handler(body::add).endHandler(nothing -> body.end());
    }

    /** Whether the head announces more than we take. */
    static boolean isTooLong(HttpServerRequest request, HttpSettings.Limits limits) {
        var announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The decoder lets digits pass only; more than nine of them are too much in any case.
        return announced != null && (announced.length() > 9 || Integer.parseInt(announced) > limits.bodyBytes());
    }

    /** Whether the body of a refused request is worth reading to its end, so that the connection can be kept. */
    static boolean isShort(HttpServerRequest request, HttpSettings.Limits limits) {
        boolean told = request.version().equals(HttpVersion.HTTP_2)
                ? request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                : !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        return told && !isTooLong(request, limits);
    }

    /** How long the body may become: as long as announced, or as the limit. */
    private static int most(HttpExchange exchange) {
        var announced = exchange.request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return announced == null ? exchange.loop.settings.limits().bodyBytes() : Integer.parseInt(announced);
    }

    @Override
    public void checkTimeouts(long now) {
        if (waiting) {
            return; // the delay is ours
        }
        var limits = exchange.loop.settings.limits();
        long earned = TimeUnit.SECONDS.toNanos(length) / limits.bodyBytesPerSecond();
        if (now - began > limits.bodyTime().toNanos() + earned) {
            exchange.refuse(RequestRejection.SLOW);
        }
    }

    @Override
    public void clientDisconnected() {
        // Nobody was told of the message yet.
    }

    /** The connection, and with it this object, may live on for long. */
    @Override
    public void refused() {
        piece = null;
        bytes = NONE;
    }

    private void add(Buffer next) {
        if (exchange.settled()) {
            return;
        }
        if (next.length() == 0 && !exchange.connection.multiplexed()) {
            exchange.refuse(RequestRejection.BODY_FRAMING); // see StrictDecoder
        } else if (next.length() > exchange.loop.settings.limits().bodyBytes() - length) {
            exchange.refuse(RequestRejection.BODY_SIZE);
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

    /** Makes sure that the next piece has room before it is read. */
    private void reserveAhead() {
        int needed = Math.min(most, length + PIECE);
        if (needed > reserved && length < most) {
            int step = Math.min(most, Math.max(FIRST_STEP, 2 * needed)) - reserved;
            if (exchange.memory.tryGrow(step)) {
                reserved += step;
            } else {
                await(step, () -> reserved += step);
            }
        }
    }

    /** Goes on when that much more is free; the time until then is not the client's. */
    private void await(long more, Runnable afterwards) {
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
            await(weight - reserved, () -> deliver(whole, weight));
        }
    }

    private byte[] whole() {
        if (piece != null) {
            return piece.getBytes();
        }
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void deliver(byte[] whole, long weight) {
        exchange.memory.holdsMessage(Math.max(weight, reserved));
        exchange.onStateChange(null);
        piece = null; // the request keeps its handlers, and with them this, until it is answered
        bytes = NONE;
        then.accept(whole);
    }
}
