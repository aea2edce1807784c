package io.breakwater.port.driven;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages of a client to an MCP server and the messages of the server back: over HTTP, over the pipes of a
 * process, or inside one process. It handles header fields and bytes, but does not parse JSON. Thread-safe.
 */
public interface ClientTransport extends AutoCloseable {

    /**
     * False when every message is a separate exchange with header fields (HTTP). True when all messages share one
     * lasting connection without header fields (stdio); then {@link #listen} is called first, and its receiver may
     * receive all messages. A later receiver replaces the earlier one.
     */
    boolean isSession();

    /** Sends a message (HTTP POST). May return at once, or when the exchange has ended. */
    TransportExchange send(OutgoingMessage message, Receiver receiver);

    /**
     * Requests the messages that the server sends outside any exchange (HTTP GET), or, with {@code Last-Event-ID} among
     * the header fields, the rest of an interrupted stream.
     */
    TransportExchange listen(Map<String, String> fields, Receiver receiver);

    /** Ends the session (HTTP DELETE), and waits a short time until the server has; does nothing on a connection. */
    void end(Map<String, String> fields);

    /** Closes all connections. */
    @Override
    void close();

    /**
     * A message to send.
     *
     * @param body one line of JSON
     * @param fields the header fields that MCP requires; the transport adds {@code Content-Type} and {@code Accept}
     */
    record OutgoingMessage(byte[] body, Map<String, String> fields) {}

    /** An exchange that has started. */
    @FunctionalInterface
    interface TransportExchange {
        /** Ends the exchange; its receiver receives nothing more. Does nothing on a lasting connection. */
        void cancel();
    }

    /** Receives the messages of an exchange in order, one at a time, on any thread. */
    interface Receiver {
        /** The response names a session (HTTP {@code Mcp-Session-Id}). */
        void session(String id);

        /** The server refuses the credentials of the client (HTTP 401 or 403); comes before the other calls. */
        default void unauthorized() {}

        /** A message: an event of a stream, or the whole body. */
        void event(Event event);

        /**
         * The exchange has ended; no further message follows.
         *
         * @param failure null after a normal end. {@link PortException.UnavailableException} when the server cannot be
         *     reached or the connection broke; {@link PortException.RefusedException} when the server refused the
         *     exchange, with or without a message before. Its message is a sentence with the reason.
         */
        void closed(@Nullable PortException failure);
    }
}
