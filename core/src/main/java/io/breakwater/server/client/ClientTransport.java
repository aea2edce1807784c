package io.breakwater.server.client;

import io.breakwater.port.driving.Event;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Carries a client's messages to a server and brings back what the server says: an HTTP client, the two pipes of a
 * process, the memory of a test. It knows header fields and bytes, and no JSON. Thread-safe.
 */
public interface ClientTransport extends AutoCloseable {

    /**
     * False when every message is an exchange of its own with header fields (HTTP). True when all share one lasting
     * connection without any (stdio); then {@link #listen} is called first, and its receiver may be given everything. A
     * later receiver takes the place of the earlier one.
     */
    boolean isSession();

    /** Carries a message (HTTP POST). May return at once, or when the exchange is over. */
    TransportExchange send(OutgoingMessage message, Receiver receiver);

    /**
     * Asks for what the server says outside any exchange (HTTP GET), or with {@code Last-Event-ID} among the fields for
     * the rest of a stream that broke off.
     */
    TransportExchange listen(Map<String, String> fields, Receiver receiver);

    /** Tells the server that its session is over (HTTP DELETE); nothing to do on a lasting connection. */
    void end(Map<String, String> fields);

    /** Lets go of connections. */
    @Override
    void close();

    /**
     * A message on its way.
     *
     * @param body one line of JSON
     * @param fields the header fields MCP asks for; {@code Content-Type} and {@code Accept} are the wire's business
     */
    record OutgoingMessage(byte[] body, Map<String, String> fields) {}

    /** An exchange under way. */
    @FunctionalInterface
    interface TransportExchange {
        /** Hangs up: nobody listens any more. */
        void cancel();
    }

    /** Takes what comes back, in order; on any thread, one at a time. */
    interface Receiver {
        /** The answer names a session (HTTP {@code Mcp-Session-Id}). */
        void session(String id);

        /** A message: an event of a stream, or the whole body. */
        void event(Event event);

        /**
         * Nothing more comes on this exchange.
         *
         * @param reason null after an ordinary end, otherwise what happened, for people: {@code "HTTP 503"}
         */
        void closed(@Nullable String reason);
    }
}
