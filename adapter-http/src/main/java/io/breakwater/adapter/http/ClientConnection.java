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
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, from accept to close. It stands before Vert.x in the pipeline, because only there a client shows
 * that sends half a head and waits, or nothing at all.
 *
 * <p>It is always in one of three states: <em>at work</em> (a request's head was read and its answer is not yet
 * flushed; the {@link HttpExchange} watches the time), <em>reading a head</em> (from accept or from a request's first
 * byte; the head must come in time), or <em>idle</em>.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    /** How long a client may still read and send on a connection we are done with. */
    static final Duration LINGER = Duration.ofSeconds(2);

    /** Less by up to a second is meant: so much the loop's clock may lag behind. */
    private static final Duration RECENT = Duration.ofMillis(1_500);

    /** So much is read at once: a connection that is stopped has no more than this in hand. */
    private static final RecvByteBufAllocator READ = new AdaptiveRecvByteBufAllocator(64, 2_048, 16_384);

    /** What an HTTP/2 connection occupies with the tables of both directions. */
    private static final int MULTIPLEXED = 24 * 1024;

    private final ConnectionKey ends;
    private final RemotePeer peer;
    private final Supplier<HttpEventLoop> loops;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpEventLoop loop;
    private @Nullable MemoryAccount account;
    private @Nullable HeadMeter heads;
    private @Nullable StreamLimiter streams;
    private @Nullable MemoryLease own;
    private @Nullable HttpConnection http;
    private @Nullable HttpExchange latest;
    private boolean multiplexed;
    private boolean readingHead = true;
    private boolean leaving;
    private boolean unreadable;
    private boolean dismissed;
    private @Nullable HalfClose halfClose;
    private boolean stopped;
    private int atWork;
    private long since;

    /**
     * A connection that was just accepted.
     *
     * @param loops gives the loop of the current thread
     */
    ClientConnection(ConnectionKey ends, Supplier<HttpEventLoop> loops) {
        this.ends = ends;
        this.peer = new RemotePeer(ends.remote().hostAddress());
        this.loops = loops;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        loop = loops.get();
        since = loop.now();
        loop.add(this, ends);
        account = loop.memory.account(CallerAddress.of(context.channel().remoteAddress()));
        heads = new HeadMeter(loop.settings.limits().headFields(), this::lease);
        DecoderInstaller.await(context.pipeline(), loop.settings.limits(), heads, this::unreadable);
        if (loop.settings.tls() == null) {
            context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        } else {
            context.pipeline()
                    .addAfter(
                            context.name(),
                            null,
                            new PlaintextDetector(way -> reject(RequestRejection.PLAIN_HTTP, way)));
        }
        context.channel().config().setRecvByteBufAllocator(READ);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (atWork == 0 && !readingHead && !multiplexed && loop != null) {
            readingHead = true;
            since = loop.now();
        }
        context.fireChannelRead(message);
    }

    /** The client sends nothing more, but may wait for the answer to what it sent. */
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
            loop.remove(this, ends, http);
        }
        if (latest != null) {
            latest.gone();
        }
        releaseMemory();
        context.fireChannelInactive();
    }

    private void releaseMemory() {
        if (streams != null) {
            streams.close();
        }
        if (heads != null) {
            heads.release();
        }
        if (own != null) {
            own.release();
        }
        if (account != null) {
            account.close();
            account = null;
        }
    }

    /** A connection that breaks is no error of ours: it ends, and nothing is said. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            abort();
        } else {
            context.fireExceptionCaught(cause);
        }
    }

    /** The protocol is settled. */
    void protocolChosen(HttpConnection http) {
        this.http = http;
        multiplexed = http.protocolVersion().equals(HttpVersion.HTTP_2);
        if (multiplexed) {
            readingHead = false;
            multiplex();
        } else if (context != null && loop != null && heads != null) {
            StrictDecoder.install(context.pipeline(), loop.settings.limits(), heads, this::unreadable);
        }
        if (loop != null && loop.draining()) {
            startGracefulShutdown();
        }
    }

    /** The tables of HTTP/2 are counted, since connections without them are so much lighter. */
    private void multiplex() {
        if (context != null && loop != null && heads != null) {
            streams = StreamLimiter.tryOpen(context.pipeline(), this, heads, loop);
            own = lease();
            if (!own.tryGrow(MULTIPLEXED)) {
                loop.memory.countRefusal();
                loop.tally.refused(RequestRejection.MEMORY);
                closeGracefully();
            }
        }
    }

    /** What the client sent cannot be understood any more: the present answer is the last one. */
    private void unreadable() {
        unreadable = true;
        if (atWork == 0) {
            closeGracefully();
        }
    }

    boolean multiplexed() {
        return multiplexed;
    }

    /** Whether another request would be one more than the client was told of. */
    boolean isFull() {
        return multiplexed && loop != null && atWork >= loop.settings.limits().requestsPerConnection();
    }

    RemotePeer peer() {
        return peer;
    }

    private MemoryLease lease() {
        return account == null ? MemoryLease.uncounted() : account.lease();
    }

    /**
     * Takes nothing from the socket until {@link #resumeReading}; a multiplexed connection goes on for its other
     * requests.
     */
    void stopReading() {
        if (context != null && !multiplexed) {
            stopped = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** Takes from the socket again. */
    void resumeReading() {
        if (context != null && stopped) {
            stopped = false;
            context.channel().config().setAutoRead(true);
        }
    }

    /**
     * The head of a request was read.
     *
     * @return what it holds of its caller's memory
     */
    MemoryLease begin(HttpExchange exchange) {
        atWork++;
        readingHead = false;
        latest = exchange;
        return heads == null ? lease() : heads.take();
    }

    /**
     * Holds it until the connection ends: the client never sent the rest of the request, whose head stays therefore.
     */
    void keep(MemoryLease lease) {
        if (own == null && account != null) {
            own = lease;
        } else {
            lease.release();
        }
    }

    /** The answer was flushed, or nobody waits for it. */
    void end(HttpExchange exchange, long now) {
        atWork--;
        since = now;
        if (exchange.equals(latest)) {
            latest = null;
        }
        if (unreadable || (halfClose != null && atWork == 0)) {
            closeGracefully();
        }
    }

    /**
     * Whether the client asked so lately that its next request may be on its way. Were the connection closed now, that
     * request would be lost; with the answer to it the client is told to go.
     */
    boolean mayReuse(long now) {
        return !multiplexed && !leaving && now - since < RECENT.toNanos();
    }

    /** HTTP/2 clients are told at once to go elsewhere, others with their next answer. */
    void startGracefulShutdown() {
        if (multiplexed) {
            closeGracefully();
        }
    }

    /** Takes no further request; closes when the present ones are answered, or after a while. */
    void closeGracefully() {
        if (http != null && !leaving) {
            leaving = true;
            http.shutdown(multiplexed ? Duration.ofHours(1) : LINGER);
        }
    }

    /** Says why, in bytes that go that way, and takes nothing more. */
    private void reject(RequestRejection why, ChannelHandlerContext way) {
        dismissed = true;
        leaving = true;
        if (context != null && loop != null) {
            loop.tally.refused(why);
            RawErrorResponse.begin(context, way, why, loop.settings.tls() == null);
        }
    }

    /** Closes at once; what was not yet sent is lost. */
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells
    void abort() {
        // From here the way to the socket does not pass Vert.x, which would wait for the client to take the rest.
        if (context != null) {
            context.close();
        }
    }

    /** Looks whether the client takes too long. */
    void look(long now) {
        if (halfClose != null && latest != null) {
            halfClose.look(now, latest);
        }
        if (atWork > 0 || dismissed || loop == null) {
            return;
        }
        var limits = loop.settings.limits();
        var allowed = readingHead ? limits.headTime() : limits.idleTime();
        if (now - since > allowed.toNanos()) {
            if (readingHead) {
                tooSlow(loop);
            } else if (http != null) {
                http.close();
            }
        }
    }

    /** A client that began a head is told so; one that did not even say which protocol it speaks is not. */
    private void tooSlow(HttpEventLoop loop) {
        var encoder = context == null ? null : context.pipeline().context("httpEncoder");
        if (encoder == null) {
            loop.tally.refused(RequestRejection.SLOW_HEAD);
            abort();
        } else {
            reject(RequestRejection.SLOW_HEAD, encoder);
        }
    }
}
