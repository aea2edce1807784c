package io.breakwater.core.business.session;

import io.breakwater.port.driven.StreamLog.Entry;
import java.util.List;

/**
 * The messages of the event streams of legacy sessions, stored for a client that continues a stream with {@code
 * Last-Event-ID}. Limited: the oldest messages are dropped first. Thread-safe.
 */
public interface EventLog {

    /** Stores a message and returns its number on the stream, counted from 1. */
    long append(String session, String stream, byte[] message);

    /** Returns the stored messages of a stream after a number, in order. */
    List<Entry> after(String session, String stream, long number);

    /** Removes all streams of a session. */
    void forget(String session);
}
