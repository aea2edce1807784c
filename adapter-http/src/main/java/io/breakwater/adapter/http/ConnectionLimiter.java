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
 * Stands at the listening socket: counts connections as they are accepted, turns away those over the caps before a byte
 * of theirs is read, and can close the socket while the connections made through it live on.
 */
@Sharable
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
    private final HttpSettings.Limits limits;
    private final TransportCounters tally;
    private final Supplier<HttpEventLoop> loops;
    private final ConcurrentMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private volatile @Nullable Channel listening;

    ConnectionLimiter(HttpSettings.Limits limits, TransportCounters tally, Supplier<HttpEventLoop> loops) {
        this.limits = limits;
        this.tally = tally;
        this.loops = loops;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        listening = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var accepted = (Channel) message;
        var ends = ConnectionKey.of(accepted);
        if (ends == null) {
            accepted.unsafe().closeForcibly(); // gone before we looked
        } else if (admit(accepted, ((InetSocketAddress) accepted.remoteAddress()).getAddress())) {
            accepted.pipeline().addLast(new ClientConnection(ends, loops));
            context.fireChannelRead(accepted);
        } else {
            tally.refused(RequestRejection.CONNECTIONS);
            accepted.unsafe().closeForcibly();
        }
    }

    /** Accepts no more connections. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    void close() {
        var channel = listening;
        if (channel != null) {
            channel.close();
        }
    }

    private boolean admit(Channel accepted, InetAddress address) {
        int all = tally.connections().incrementAndGet();
        int fromThere = perAddress.merge(address, 1, Integer::sum);
        if (all > limits.connections() || fromThere > limits.connectionsPerAddress()) {
            connectionClosed(address);
            return false;
        }
        accepted.closeFuture().addListener(closed -> connectionClosed(address));
        return true;
    }

    private void connectionClosed(InetAddress address) {
        tally.connections().decrementAndGet();
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }
}
