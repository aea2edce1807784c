package io.breakwater.port.driven;

import java.util.List;

/**
 * What was said on the resumable streams of legacy sessions, so that a client that lost its connection gets the rest.
 * Bounded per session: the oldest messages go first. Contract: {@code StreamLogContract}.
 */
public interface StreamLog {

    /**
     * Keeps a message.
     *
     * @return its number on that stream: 1, 2, 3 …
     */
    long append(String session, String stream, byte[] message);

    /** What is still kept of that stream after that number, in order; empty when nothing is. */
    List<Entry> after(String session, String stream, long number);

    /** Forgets a session. */
    void forget(String session);

    /**
     * One kept message.
     *
     * @param number its place on the stream
     * @param message as it was appended
     */
    record Entry(long number, byte[] message) {}
}
