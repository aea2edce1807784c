package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;

/** A server one can ask. Not thread-safe. */
public interface McpTarget extends AutoCloseable {

    /**
     * Asks, and waits for the result.
     *
     * @throws RemoteErrorException when the server answers with an error
     * @throws UnreachableServerException when there is no answer
     */
    Json.Obj ask(ServerQuery question);

    /** Lets go of the server. */
    @Override
    void close();
}
