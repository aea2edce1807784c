package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import java.util.List;

/**
 * Stores the messages of the resumable streams of legacy sessions, so that a client that lost its connection receives
 * the rest. The size per session is limited; the oldest messages are removed first.
 *
 * <p>Every method with a {@link CallContext} may access a remote store: it respects the deadline and the cancellation
 * of the context, and raises {@link io.breakwater.port.PortException}. Contract: {@code StreamLogContract}.
 */
public interface StreamLog {

    /**
     * True if a method with a context may block. The server then calls these methods on virtual threads, otherwise on
     * the thread on which a message arrived, which can be an event loop. The value never changes.
     */
    default boolean mayBlock() {
        return true;
    }

    /**
     * Appends a message.
     *
     * @return its number on that stream: 1, 2, 3 …
     */
    long append(String session, String stream, byte[] message, CallContext context);

    /** Returns the stored messages of that stream after that number, in order. */
    List<Entry> after(String session, String stream, long number, CallContext context);

    /** Removes all messages of a session. */
    void forget(String session, CallContext context);

    /**
     * A stored message.
     *
     * @param number its number on the stream
     * @param message as it was appended
     */
    record Entry(long number, byte[] message) {}
}
