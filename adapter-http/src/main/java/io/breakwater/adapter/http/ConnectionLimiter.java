package io.breakwater.adapter.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
    private final TransportCounters counters;
    private final Supplier<HttpEventLoop> loops;
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private volatile @Nullable Channel listening;

    ConnectionLimiter(HttpSettings.Limits limits, TransportCounters counters, Supplier<HttpEventLoop> loops) {
        this.limits = limits;
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
        } else if (admit(accepted, ((InetSocketAddress) accepted.remoteAddress()).getAddress())) {
            accepted.pipeline().addLast(new ClientConnection(key, loops));
            context.fireChannelRead(accepted);
        } else {
            counters.refused(RequestRejection.CONNECTIONS);
            accepted.unsafe().closeForcibly();
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

    private boolean admit(Channel accepted, InetAddress address) {
        int total = counters.connections().incrementAndGet();
        int fromAddress = perAddress.merge(address, 1, Integer::sum);
        if (total > limits.connections() || fromAddress > limits.connectionsPerAddress()) {
            connectionClosed(address);
            return false;
        }
        accepted.closeFuture().addListener(closed -> connectionClosed(address));
        return true;
    }

    private void connectionClosed(InetAddress address) {
        counters.connections().decrementAndGet();
        perAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }
}
