package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;

/** A server to which a client sends requests. Not thread-safe. */
public interface McpTarget extends AutoCloseable {

    /**
     * Sends a request, and waits for the result.
     *
     * @throws RemoteErrorException when the server answers with an error
     * @throws UnreachableServerException when there is no answer
     */
    Json.Obj ask(ServerQuery query);

    /** Releases the server. */
    @Override
    void close();
}
