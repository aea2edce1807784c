package io.breakwater.port.driven;

import java.util.List;

/**
 * Stores the messages of the resumable streams of legacy sessions, so that a client that lost its connection receives
 * the rest. The size per session is limited; the oldest messages are removed first. Contract:
 * {@code StreamLogContract}.
 */
public interface StreamLog {

    /**
     * Appends a message.
     *
     * @return its number on that stream: 1, 2, 3 …
     */
    long append(String session, String stream, byte[] message);

    /** Returns the stored messages of that stream after that number, in order. */
    List<Entry> after(String session, String stream, long number);

    /** Removes all messages of a session. */
    void forget(String session);

    /**
     * A stored message.
     *
     * @param number its number on the stream
     * @param message as it was appended
     */
    record Entry(long number, byte[] message) {}
}
