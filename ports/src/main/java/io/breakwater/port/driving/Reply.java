package io.breakwater.port.driving;

import io.breakwater.port.Event;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages back to the client for one incoming message: either one {@link #answer}, or {@link #open}, any number
 * of {@link #offer}s and {@link #deliver}s, and {@link #end}. Transports implement it. Thread-safe; no method blocks.
 */
public interface Reply {

    /**
     * Sends the complete reply.
     *
     * @param message the JSON-RPC response on one line, or null when there is none
     */
    void answer(ReplyStatus status, byte @Nullable [] message);

    /** Opens a stream of messages (SSE on HTTP), and sends its head at once. */
    void open(ReplyStatus status);

    /** Sends a message on the open stream. */
    OfferResult offer(Event event);

    /**
     * Sends a response on the open stream, which other messages may follow. A transport should accept it even when the
     * client reads slowly.
     */
    default void deliver(Event message) {
        offer(message);
    }

    /** Ends the open stream after all accepted messages. Has no effect when the stream has ended already. */
    void end();

    /**
     * Ends the open stream with the response that the client waits for. A transport should accept it even when the
     * client reads slowly.
     */
    default void endWith(Event message) {
        deliver(message);
        end();
    }

    /**
     * Runs the action when the client disconnects before the reply is complete, immediately if it already has. Only the
     * last action counts. A transport that does not notice disconnects never runs it. It must hold no lock while it runs
     * the action, because the server calls this reply under locks of its own, which the action needs.
     */
    void onDisconnect(Runnable action);
}
