package io.breakwater.adapter.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
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
        var address = ((InetSocketAddress) accepted.remoteAddress()).getAddress();
        if (proxiesOnly && !proxies.contains(address)) {
            refuse(accepted, RequestRejection.PROXY_HEADER);
        } else if (admit(accepted, address)) {
            add(accepted.pipeline(), new ClientConnection(key, loops));
            context.fireChannelRead(accepted);
        } else {
            refuse(accepted, RequestRejection.CONNECTIONS);
        }
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
        if (countAddress(caller)) {
            channel.closeFuture().addListener(closed -> addressClosed(caller));
            connection.callerNamed(caller);
        } else {
            counters.refused(RequestRejection.CONNECTIONS);
            channel.unsafe().close(channel.voidPromise());
        }
    }

    private void refuse(Channel channel, RequestRejection why) {
        counters.refused(why);
        channel.unsafe().closeForcibly();
    }

    /** Accepts no more connections. */
    @SuppressWarnings("FutureReturnValueIgnored") // no caller waits for it
    void close() {
        var channel = listening;
        if (channel != null) {
            channel.close();
        }
    }

    private boolean admit(Channel accepted, InetAddress address) {
        if (counters.connections().incrementAndGet() > limits.connections() || !countAddress(address)) {
            counters.connections().decrementAndGet();
            return false;
        }
        accepted.closeFuture().addListener(closed -> {
            counters.connections().decrementAndGet();
            addressClosed(address);
        });
        return true;
    }

    /** Counts one more connection of an address; returns false if it has too many. */
    private boolean countAddress(InetAddress address) {
        if (perAddress.merge(address, 1, Integer::sum) <= limits.connectionsPerAddress() || proxies.contains(address)) {
            return true;
        }
        addressClosed(address);
        return false;
    }

    private void addressClosed(InetAddress address) {
        perAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }
}
