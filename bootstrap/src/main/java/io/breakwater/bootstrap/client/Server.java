package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;

/** A server one can ask. Not thread-safe. */
public interface Server extends AutoCloseable {

    /**
     * Asks, and waits for the result.
     *
     * @throws RemoteError when the server answers with an error
     * @throws Unreachable when there is no answer
     */
    Json.Obj ask(Question question);

    /** Lets go of the server. */
    @Override
    void close();
}
