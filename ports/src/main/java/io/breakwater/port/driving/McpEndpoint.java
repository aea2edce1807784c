package io.breakwater.port.driving;

/**
 * The server from the view of a transport: it accepts messages and replies through a {@link Reply}. Core implements it
 * and makes all decisions that depend on the content of a message; transports make none.
 *
 * <p>No method blocks or throws, so event loops may call all methods. A reply may arrive before the method returns, on
 * the same thread, or later on any other thread.
 */
public interface McpEndpoint {

    /**
     * The maximum number of bytes of heap that the parsed message occupies, in addition to the body. A transport
     * reserves it before it passes the message on. The cost is linear in the length of the body.
     */
    default long parsedWeight(byte[] body) {
        return 0;
    }

    /** Handles one message from the client: the body of an HTTP POST, or one line of stdio. */
    void message(IncomingMessage inbound, Reply reply);

    /**
     * Opens the stream for messages outside calls: an HTTP GET, or the start of a stdio process. With
     * {@code Last-Event-ID} among the header fields it resumes a stream instead.
     */
    void listen(IncomingMessage inbound, Reply reply);

    /** Ends the session of the client: an HTTP DELETE. */
    void end(IncomingMessage inbound, Reply reply);

    /** The connection has closed (stdio only: end of input). Its running calls are cancelled. */
    void closed(Channel.Connection connection);
}
