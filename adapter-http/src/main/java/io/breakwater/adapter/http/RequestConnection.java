package io.breakwater.adapter.http;

import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The connection on which a request arrived, as its {@link HttpExchange} uses it: a {@link ClientConnection} of this
 * transport, or a {@link MountedConnection} of the application's own server. Only its event loop uses it.
 */
interface RequestConnection {

    /** Returns the caller of the request: the other end of the connection, or the one that a trusted proxy names. */
    RemotePeer peer(HttpServerRequest request);

    /** Whether the connection carries several requests at the same time (HTTP/2). */
    boolean multiplexed();

    /**
     * Whether an empty piece of a body says that the body is malformed or not complete, as {@link StrictDecoder} does.
     */
    boolean marksMalformedBodies();

    /**
     * The head of a request was read.
     *
     * @return what the request holds of its caller's memory
     */
    MemoryLease begin(HttpExchange exchange);

    /** The response was flushed, or the client is gone. */
    void end(HttpExchange exchange, long now);

    /** Holds the lease until the connection ends. */
    void keep(MemoryLease lease);

    /** Reads no further byte until {@link #resumeReading}, unless the connection is multiplexed. */
    void stopReading();

    /** Reads again; harmless when it never stopped. */
    void resumeReading();

    /** Accepts no further request, and closes the connection when the present ones are answered. */
    void closeGracefully();

    /** Closes the connection at once; what was not yet sent is lost. */
    void abort();
}
