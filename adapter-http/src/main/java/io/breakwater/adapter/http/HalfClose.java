package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * A client that will send nothing more: it may wait for its answer, or be gone, and only a write shows which. So it is
 * written to now and then. The first time comes soon, because the end of a connection cancels the call behind it; the
 * second soon after, because the first merely makes the other side say that nobody is there.
 */
final class HalfClose {
    private static final long[] MILLIS = {500, 1_500, 30_000, 90_000};

    /** What a client of HTTP/1.1 skips, wherever it comes (RFC 9110 section 15.2). */
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final ChannelHandlerContext socket;
    private final long since = System.nanoTime();
    private int written;

    /** At this moment, while that exchange waits for its answer. */
    HalfClose(ChannelHandlerContext socket, HttpExchange exchange) {
        this.socket = socket;
        exchange.probe();
    }

    /** Time has passed, and that exchange still waits. */
    void look(long now, HttpExchange exchange) {
        if (written < MILLIS.length && now - since >= TimeUnit.MILLISECONDS.toNanos(MILLIS[written])) {
            written++;
            probe(exchange);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection
    private void probe(HttpExchange exchange) {
        if (exchange.response.headWritten()) {
            exchange.probe();
        } else if (exchange.request.version().equals(HttpVersion.HTTP_1_1)) {
            socket.writeAndFlush(Unpooled.copiedBuffer(CONTINUE, US_ASCII));
        }
    }
}
