package io.breakwater.port.driving;

/**
 * The server as a transport sees it: messages in, answers out through a {@link Reply}. Implemented by core, which
 * decides everything that needs to be read in a message; a transport decides nothing.
 *
 * <p>No method blocks or throws: each may be called on an event loop. An answer may come before the method returns, on
 * the same thread, or later from any other.
 */
public interface McpEndpoint {

    /**
     * The most heap that the message in these bytes occupies once it is parsed, beside the bytes themselves. A
     * transport reserves it before it hands the message over. Linear in the number of bytes.
     */
    default long parsedWeight(byte[] body) {
        return 0;
    }

    /** One message from the client: the body of an HTTP POST, one line of stdio. */
    void message(IncomingMessage inbound, Reply reply);

    /**
     * The client listens for what the server has to say outside any call: an HTTP GET, or the start of a stdio process.
     * With {@code Last-Event-ID} among the fields it resumes a stream instead.
     */
    void listen(IncomingMessage inbound, Reply reply);

    /** The client ends its session: an HTTP DELETE. */
    void end(IncomingMessage inbound, Reply reply);

    /** The connection is gone (stdio only: end of input). What it still had running is cancelled. */
    void closed(Channel.Connection connection);
}
