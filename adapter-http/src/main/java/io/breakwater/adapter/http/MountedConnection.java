package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryAccount;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The connection of one request on a server that the application owns. Its limits and timeouts are the application's:
 * here a connection is closed only after a response that has to be the last one on it, and when a client reads nothing.
 */
final class MountedConnection implements RequestConnection {
    private final HttpServerRequest request;
    private final RemotePeer peer;
    private final MemoryAccount account;

    MountedConnection(HttpServerRequest request, HttpEventLoop loop) {
        var remote = request.remoteAddress();
        var address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        var other = new RemotePeer(address);
        this.request = request;
        this.peer = loop.callers.isTrusted(other) ? loop.callers.resolve(other, request.headers()) : other;
        this.account = loop.memory.account(CallerAddress.of(peer.address()));
    }

    @Override
    public RemotePeer peer(HttpServerRequest request) {
        return peer;
    }

    @Override
    public boolean multiplexed() {
        return request.version().equals(HttpVersion.HTTP_2);
    }

    @Override
    public boolean marksMalformedBodies() {
        return false;
    }

    @Override
    public MemoryLease begin(HttpExchange exchange) {
        exchange.response.closeHandler(closed -> exchange.clientDisconnected());
        exchange.response.exceptionHandler(failure -> exchange.clientDisconnected());
        return account.lease();
    }

    @Override
    public void end(HttpExchange exchange, long now) {
        account.close();
    }

    @Override
    public void keep(MemoryLease lease) {
        lease.release();
    }

    @Override
    public void stopReading() {
        // The exchange pauses the request, and Vert.x then stops reading.
    }

    @Override
    public void resumeReading() {
        // As above.
    }

    @Override
    public void closeGracefully() {
        if (!multiplexed()) {
            request.connection().shutdown(ClientConnection.LINGER);
        }
    }

    /** Closes the channel itself: Vert.x would first wait for the client to read what is written. */
    @SuppressWarnings("FutureReturnValueIgnored") // the close handler runs
    @Override
    public void abort() {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channel().pipeline().firstContext().close();
        } else {
            request.connection().close();
        }
    }
}
