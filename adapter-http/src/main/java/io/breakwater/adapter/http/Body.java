package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request, counting bytes: what {@code Content-Length} says is believed only when it is too much. A
 * body that comes in one piece, the common case, is copied once.
 */
final class Body implements Exchange.Watch {
    private static final byte[] NONE = {};

    private final Exchange exchange;
    private final Consumer<byte[]> then;
    private final long began;
    private @Nullable Buffer piece;
    private byte[] bytes = NONE;
    private int length;

    private Body(Exchange exchange, Consumer<byte[]> then) {
        this.exchange = exchange;
        this.then = then;
        this.began = exchange.loop.now();
    }

    /** Reads the body, then does that with it, unless the request is refused before. */
    static void read(Exchange exchange, Consumer<byte[]> then) {
        var body = new Body(exchange, then);
        exchange.watchedBy(body);
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

    @Override
    public void look(long now) {
        var limits = exchange.loop.settings.limits();
        long earned = TimeUnit.SECONDS.toNanos(length) / limits.bodyBytesPerSecond();
        if (now - began > limits.bodyTime().toNanos() + earned) {
            exchange.refuse(Refusal.SLOW);
        }
    }

    @Override
    public void gone() {
        // Nobody was told of the message yet.
    }

    private void add(Buffer next) {
        if (exchange.settled()) {
            return;
        }
        if (next.length() == 0 && !exchange.connection.multiplexed()) {
            exchange.refuse(Refusal.BODY_FRAMING); // see StrictDecoder
        } else if (next.length() > exchange.loop.settings.limits().bodyBytes() - length) {
            exchange.refuse(Refusal.BODY_SIZE);
        } else if (length == 0) {
            piece = next;
            length = next.length();
        } else {
            append(next);
        }
    }

    private void append(Buffer next) {
        int total = length + next.length();
        if (total > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(total, 2 * length));
        }
        if (piece != null) {
            piece.getBytes(bytes, 0);
            piece = null;
        }
        next.getBytes(bytes, length);
        length = total;
    }

    private void end() {
        if (exchange.settled()) {
            return;
        }
        exchange.watchedBy(null);
        if (piece != null) {
            then.accept(piece.getBytes());
        } else {
            then.accept(bytes.length == length ? bytes : Arrays.copyOf(bytes, length));
        }
    }
}
