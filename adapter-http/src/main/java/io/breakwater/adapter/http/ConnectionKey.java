package io.breakwater.adapter.http;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Both ends of a TCP connection: what is the same whether Netty or Vert.x speaks of it. */
record ConnectionKey(SocketAddress remote, SocketAddress local) {

    /** Of a connection as Netty has it; null when it is already gone. */
    static @Nullable ConnectionKey of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && channel.localAddress() instanceof InetSocketAddress local
                ? new ConnectionKey(SocketAddress.inetSocketAddress(remote), SocketAddress.inetSocketAddress(local))
                : null;
    }

    /** Of a connection as Vert.x has it. */
    static ConnectionKey of(HttpConnection connection) {
        return new ConnectionKey(connection.remoteAddress(), connection.localAddress());
    }
}
