package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryAccount;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, from accept to close. It precedes Vert.x in the pipeline, because only there a client can be
 * detected that sends half a head or nothing at all.
 *
 * <p>It is always in one of three states: <em>active</em> (a request's head was read and its answer is not yet flushed;
 * the {@link HttpExchange} checks the timeouts), <em>reading a head</em> (from accept or from a request's first byte;
 * the head must arrive in time), or <em>idle</em>.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements RequestConnection {
    /** How long a client may still read and send on a connection that the server closes. */
    static final Duration LINGER = Duration.ofSeconds(2);

    /** The effective time is up to one second shorter, because the loop's clock may lag by that much. */
    private static final Duration REUSE_WINDOW = Duration.ofMillis(1_500);

    /** The size of one read: a connection that stopped reading holds no more than this. */
    private static final RecvByteBufAllocator READ_ALLOCATOR = new AdaptiveRecvByteBufAllocator(64, 2_048, 16_384);

    /** The memory that the tables of an HTTP/2 connection occupy, in bytes, for both directions. */
    private static final int HTTP2_TABLES = 24 * 1024;

    private final ConnectionKey key;
    private final Supplier<HttpEventLoop> loops;
    private RemotePeer peer;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpEventLoop loop;
    private @Nullable MemoryAccount account;
    private @Nullable HeadMeter headMeter;
    private @Nullable StreamLimiter streams;
    private @Nullable MemoryLease tablesLease;
    private @Nullable HttpConnection http;
    private @Nullable HttpExchange latest;
    private boolean proxy;
    private boolean multiplexed;
    private boolean readingHead = true;
    private boolean leaving;
    private boolean inputBroken;
    private boolean rejected;
    private @Nullable HalfClose halfClose;
    private @Nullable Runnable onHandshakeEnd;
    private boolean stopped;
    private int activeRequests;
    private long since;

    /**
     * Creates the handler of an accepted connection.
     *
     * @param loops gives the loop of the current thread
     */
    ClientConnection(ConnectionKey key, Supplier<HttpEventLoop> loops) {
        this.key = key;
        this.peer = new RemotePeer(key.remote().hostAddress());
        this.loops = loops;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        loop = loops.get();
        since = loop.now();
        loop.add(this, key);
        proxy = loop.callers.isTrusted(peer);
        account = loop.memory.account(CallerAddress.of(context.channel().remoteAddress()));
        headMeter = new HeadMeter(loop.settings.limits().headFields(), this::lease);
        DecoderInstaller.await(context.pipeline(), loop.settings.limits(), headMeter, this::inputBroken);
        if (loop.settings.tls() == null) {
            context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        } else {
            context.pipeline()
                    .addAfter(
                            context.name(),
                            null,
                            new PlaintextDetector(outbound -> reject(RequestRejection.PLAIN_HTTP, outbound)));
        }
        context.channel().config().setRecvByteBufAllocator(READ_ALLOCATOR);
        context.fireChannelActive();
    }

    /**
     * Called when a TLS handshake begins to count.
     *
     * @param onEnd runs when the handshake is complete, the connection is closed, or another caller counts for it
     */
    void handshakeBegins(Runnable onEnd) {
        endHandshake();
        onHandshakeEnd = onEnd;
    }

    /** Called when the handshake no longer counts, if there is one. */
    void endHandshake() {
        if (onHandshakeEnd != null) {
            onHandshakeEnd.run();
            onHandshakeEnd = null;
        }
    }

    /** Called when the proxy that opened this connection has named its caller, before anything else is read. */
    void callerNamed(InetAddress caller) {
        peer = new RemotePeer(caller.getHostAddress());
        if (loop != null && account != null) {
            proxy = loop.callers.isTrusted(peer);
            account.close();
            account = loop.memory.account(CallerAddress.of(peer.address()));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (activeRequests == 0 && !readingHead && !multiplexed && loop != null) {
            readingHead = true;
            since = loop.now();
        }
        context.fireChannelRead(message);
    }

    /** Handles a half-close: the client sends nothing more, but may wait for its answer. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            context.fireUserEventTriggered(event);
        } else if (latest == null || multiplexed) {
            abort();
        } else {
            halfClose = new HalfClose(context, latest);
            StrictDecoder.inputEnded(context.pipeline());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (loop != null) {
            loop.remove(this, key, http);
        }
        if (latest != null) {
            latest.clientDisconnected();
        }
        releaseMemory();
        context.fireChannelInactive();
    }

    private void releaseMemory() {
        if (streams != null) {
            streams.close();
        }
        if (headMeter != null) {
            headMeter.release();
        }
        if (tablesLease != null) {
            tablesLease.release();
        }
        if (account != null) {
            account.close();
            account = null;
        }
    }

    /** Ends a broken connection without a log line, because this is not an error of the server. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            abort();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** Called when the protocol is negotiated. */
    void protocolChosen(HttpConnection http) {
        endHandshake();
        this.http = http;
        multiplexed = http.protocolVersion().equals(HttpVersion.HTTP_2);
        if (multiplexed) {
            readingHead = false;
            reserveTables();
        } else if (context != null && loop != null && headMeter != null) {
            StrictDecoder.install(context.pipeline(), loop.settings.limits(), headMeter, this::inputBroken);
        }
        if (loop != null && loop.draining()) {
            startGracefulShutdown();
        }
    }

    /** Reserves memory for the tables of HTTP/2, since connections without them need far less. */
    private void reserveTables() {
        if (context != null && loop != null && headMeter != null) {
            streams = StreamLimiter.tryOpen(context.pipeline(), this, headMeter, loop);
            tablesLease = lease();
            if (!tablesLease.tryGrow(HTTP2_TABLES)) {
                loop.memory.countRefusal();
                loop.counters.refused(RequestRejection.MEMORY);
                closeGracefully();
            }
        }
    }

    /** Called when the client's input can no longer be decoded: the current answer is the last one. */
    private void inputBroken() {
        inputBroken = true;
        if (activeRequests == 0) {
            closeGracefully();
        }
    }

    @Override
    public boolean multiplexed() {
        return multiplexed;
    }

    @Override
    public boolean marksMalformedBodies() {
        return !multiplexed;
    }

    /** Whether the connection has as many requests as the server has advertised to the client. */
    boolean isFull() {
        return multiplexed
                && loop != null
                && activeRequests >= loop.settings.limits().requestsPerConnection();
    }

    @Override
    public RemotePeer peer(HttpServerRequest request) {
        return proxy && loop != null ? loop.callers.resolve(peer, request.headers()) : peer;
    }

    private MemoryLease lease() {
        return account == null ? MemoryLease.uncounted() : account.lease();
    }

    /**
     * Stops reading from the socket until {@link #resumeReading}; a multiplexed connection continues for its other
     * requests.
     */
    @Override
    public void stopReading() {
        if (context != null && !multiplexed) {
            stopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** Reads from the socket again. */
    @Override
    public void resumeReading() {
        if (context != null && stopped) {
            stopped = false;
            context.channel().config().setAutoRead(true);
        }
    }

    /**
     * Called when the head of a request was read.
     *
     * @return the lease on its caller's memory
     */
    @Override
    public MemoryLease begin(HttpExchange exchange) {
        activeRequests++;
        readingHead = false;
        latest = exchange;
        var lease = headMeter == null ? lease() : headMeter.takeLease();
        return isForwarded(exchange) ? chargeCaller(exchange, lease) : lease;
    }

    private boolean isForwarded(HttpExchange exchange) {
        return proxy && !exchange.peer.equals(peer);
    }

    /** Moves the memory of a head, which counted for the proxy until its caller was known, to the caller. */
    private static MemoryLease chargeCaller(HttpExchange exchange, MemoryLease head) {
        var account = exchange.loop.memory.account(CallerAddress.of(exchange.peer.address()));
        var lease = account.lease();
        long held = head.held();
        head.release();
        if (!lease.tryGrow(held)) {
            exchange.denyMemory();
        }
        return lease;
    }

    /**
     * Keeps a lease until the connection ends, for a request whose head stays in memory because the client never sent
     * the rest.
     */
    @Override
    public void keep(MemoryLease lease) {
        if (tablesLease == null && account != null) {
            tablesLease = lease;
        } else {
            lease.release();
        }
    }

    /** Called when the answer was flushed, or no client waits for it. */
    @Override
    public void end(HttpExchange exchange, long now) {
        activeRequests--;
        since = now;
        if (isForwarded(exchange)) {
            exchange.memory.account().close();
        }
        if (exchange.equals(latest)) {
            latest = null;
        }
        if (inputBroken || (halfClose != null && activeRequests == 0)) {
            closeGracefully();
        }
    }

    /**
     * Whether the last request is so recent that the next one may be in transit. Closing the connection now would lose
     * that request; the answer to it announces the end of the connection.
     */
    boolean mayReuse(long now) {
        return !multiplexed && !leaving && now - since < REUSE_WINDOW.toNanos();
    }

    /** Announces the end of the connection, to HTTP/2 clients at once, to others with their next answer. */
    void startGracefulShutdown() {
        if (multiplexed) {
            closeGracefully();
        }
    }

    /** Accepts no further request; closes when the current ones are answered, or after a timeout. */
    @Override
    public void closeGracefully() {
        if (http != null && !leaving) {
            leaving = true;
            http.shutdown(multiplexed ? Duration.ofHours(1) : LINGER);
        }
    }

    /** Writes an error response from {@code outbound} and ignores further input. */
    private void reject(RequestRejection why, ChannelHandlerContext outbound) {
        rejected = true;
        leaving = true;
        if (context != null && loop != null) {
            loop.counters.refused(why);
            var body = loop.rejections.of(why);
            RawErrorResponse.begin(context, outbound, why.status, body, loop.settings.tls() == null);
        }
    }

    /** Closes at once; data that is not yet sent is lost. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive reports the close
    public void abort() {
        // Closing from here bypasses Vert.x, which would wait for the client to read the rest.
        if (context != null) {
            context.close();
        }
    }

    /** Checks whether the client is too slow. */
    void checkTimeouts(long now) {
        if (halfClose != null && latest != null) {
            halfClose.checkTimeouts(now, latest);
        }
        if (activeRequests > 0 || rejected || loop == null) {
            return;
        }
        var limits = loop.settings.limits();
        var allowed = readingHead ? limits.headTimeout() : limits.idleTimeout();
        if (now - since > allowed.toNanos()) {
            if (readingHead) {
                rejectSlowHead(loop);
            } else if (http != null) {
                http.close();
            }
        }
    }

    /** Sends an error response to a client that began a head, but not to one whose protocol is still unknown. */
    private void rejectSlowHead(HttpEventLoop loop) {
        var encoder = context == null ? null : context.pipeline().context("httpEncoder");
        if (encoder == null) {
            loop.counters.refused(RequestRejection.SLOW_HEAD);
            abort();
        } else {
            reject(RequestRejection.SLOW_HEAD, encoder);
        }
    }
}
