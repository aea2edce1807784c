package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * A client that has half-closed its connection: it may wait for its answer or be disconnected, and only a write shows
 * which. So the server writes to it from time to time. The first write comes soon, because the end of a connection
 * cancels its call; the second one soon after, because the first only makes the other side send a reset.
 */
final class HalfClose {
    private static final long[] PROBE_MILLIS = {500, 1_500, 30_000, 90_000};

    /** An interim response, which HTTP/1.1 clients ignore (RFC 9110 section 15.2). */
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final ChannelHandlerContext socket;
    private final long since = System.nanoTime();
    private int probes;

    /** Starts to probe the client of an exchange that waits for its answer. */
    HalfClose(ChannelHandlerContext socket, HttpExchange exchange) {
        this.socket = socket;
        exchange.probe();
    }

    /** Probes the client again if the next probe is due. */
    void checkTimeouts(long now, HttpExchange exchange) {
        if (probes < PROBE_MILLIS.length && now - since >= TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS[probes])) {
            probes++;
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
