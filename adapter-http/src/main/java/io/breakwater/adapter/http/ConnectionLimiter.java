package io.breakwater.adapter.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handler of the listening socket. It counts accepted connections, closes those above the limits before it reads a
 * byte, and can close the listening socket while the accepted connections continue.
 */
@Sharable
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
    private final HttpSettings.Limits limits;
    private final TrustedProxies proxies;
    private final boolean proxiesOnly;
    private final TransportCounters counters;
    private final Supplier<HttpEventLoop> loops;
    private final AddressCounts perAddress;
    private final AddressCounts handshakes;
    private final boolean tls;
    private volatile @Nullable Channel listening;

    /**
     * Creates the limiter of one listening socket.
     *
     * @param proxiesOnly whether each connection begins with a header of the PROXY protocol
     */
    ConnectionLimiter(
            HttpSettings settings, boolean proxiesOnly, TransportCounters counters, Supplier<HttpEventLoop> loops) {
        this.proxiesOnly = proxiesOnly;
        this.limits = settings.limits();
        this.proxies = new TrustedProxies(settings.proxies());
        this.perAddress = new AddressCounts(proxies, limits.connectionsPerAddress());
        this.handshakes = new AddressCounts(proxies, limits.handshakesPerAddress());
        this.tls = settings.tls() != null;
        this.counters = counters;
        this.loops = loops;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listening = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var accepted = (Channel) message;
        var key = ConnectionKey.of(accepted);
        if (key == null) {
            accepted.unsafe().closeForcibly(); // closed before it was handled
            return;
        }
        var connection = new ClientConnection(key, loops);
        var refusal = refusal(accepted, connection);
        if (refusal == null) {
            add(accepted.pipeline(), connection);
            context.fireChannelRead(accepted);
        } else {
            counters.refused(refusal);
            accepted.unsafe().closeForcibly();
        }
    }

    private @Nullable RequestRejection refusal(Channel accepted, ClientConnection connection) {
        var address = ((InetSocketAddress) accepted.remoteAddress()).getAddress();
        if (proxiesOnly && !proxies.contains(address)) {
            return RequestRejection.PROXY_HEADER;
        }
        if (counters.connections().incrementAndGet() > limits.connections()) {
            counters.connections().decrementAndGet();
            return RequestRejection.CONNECTIONS;
        }
        var refusal = refusal(accepted, connection, address);
        if (refusal == null) {
            accepted.closeFuture().addListener(closed -> counters.connections().decrementAndGet());
        } else {
            counters.connections().decrementAndGet();
        }
        return refusal;
    }

    /** Counts the connection and its handshake for the address, unless that has too many. */
    private @Nullable RequestRejection refusal(Channel channel, ClientConnection connection, InetAddress address) {
        if (!perAddress.tryAdd(address)) {
            return RequestRejection.CONNECTIONS;
        }
        if (tls && !handshakes.tryAdd(address)) {
            perAddress.remove(address);
            return RequestRejection.HANDSHAKES;
        }
        if (tls) {
            connection.handshakeBegins(() -> handshakes.remove(address));
        }
        channel.closeFuture().addListener(closed -> {
            perAddress.remove(address);
            connection.endHandshake();
        });
        return null;
    }

    private void add(ChannelPipeline pipeline, ClientConnection connection) {
        pipeline.addLast(connection);
        if (proxiesOnly) {
            ProxyHeaderReader.install(
                    pipeline,
                    caller -> callerNamed(pipeline.channel(), connection, caller),
                    () -> counters.refused(RequestRejection.PROXY_HEADER));
        }
    }

    /** Counts the connection for the caller that a proxy names, and closes it if this caller has too many. */
    private void callerNamed(Channel channel, ClientConnection connection, InetAddress caller) {
        var refusal = refusal(channel, connection, caller);
        if (refusal == null) {
            connection.callerNamed(caller);
        } else {
            counters.refused(refusal);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    /** Accepts no more connections. */
    @SuppressWarnings("FutureReturnValueIgnored") // no caller waits for it
    void close() {
        var channel = listening;
        if (channel != null) {
            channel.close();
        }
    }
}
