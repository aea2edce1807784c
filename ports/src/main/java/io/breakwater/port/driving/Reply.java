package io.breakwater.port.driving;

import org.jspecify.annotations.Nullable;

/**
 * The way back to the client for one inbound message. Either one {@link #answer}, or {@link #open}, any number of
 * {@link #offer}s and {@link #deliver}s, and {@link #end}. Implemented by a transport; thread-safe, and no method
 * blocks.
 */
public interface Reply {

    /**
     * The whole answer at once.
     *
     * @param message the JSON-RPC answer on one line, or null when there is none
     */
    void answer(ReplyStatus status, byte @Nullable [] message);

    /** Begins a stream of messages (SSE on HTTP). Its head goes out at once. */
    void open(ReplyStatus status);

    /** Puts a message on the open stream. */
    OfferResult offer(Event event);

    /**
     * Puts an answer on the open stream, which others may follow. A transport that can, takes it however slowly the
     * client reads.
     */
    default void deliver(Event message) {
        offer(message);
    }

    /** Ends the open stream after everything that was accepted. Harmless when it has ended already. */
    void end();

    /**
     * Ends the open stream with the answer that the client waits for. A transport that can, takes it however slowly the
     * client reads.
     */
    default void endWith(Event message) {
        deliver(message);
        end();
    }

    /**
     * Runs the action when the client is gone before the answer was complete, at once if it already is. Only the last
     * action given counts. A transport that cannot tell never runs it.
     */
    void onDisconnect(Runnable action);
}
