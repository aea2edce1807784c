package io.breakwater.adapter.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Identifies a TCP connection by the addresses of both ends, which are the same in Netty and in Vert.x. */
record ConnectionKey(SocketAddress remote, SocketAddress local) {

    /** Returns the key of a Netty channel; null when it is already closed. */
    static @Nullable ConnectionKey of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && channel.localAddress() instanceof InetSocketAddress local
                ? new ConnectionKey(SocketAddress.inetSocketAddress(remote), SocketAddress.inetSocketAddress(local))
                : null;
    }

    /** Returns the key of a Vert.x connection. */
    static ConnectionKey of(HttpConnection connection) {
        return new ConnectionKey(connection.remoteAddress(), connection.localAddress());
    }
}
