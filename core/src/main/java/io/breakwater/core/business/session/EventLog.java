package io.breakwater.core.business.session;

import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.StreamLog.Entry;
import java.util.List;

/**
 * The messages of the event streams of legacy sessions, stored for a client that continues a stream with {@code
 * Last-Event-ID}. Limited: the oldest messages are dropped first. Thread-safe.
 */
public final class EventLog {
    private final StreamLog log;

    /** Uses this storage. */
    public EventLog(StreamLog log) {
        this.log = log;
    }

    /** Stores a message and returns its number on the stream, counted from 1. */
    public long append(String session, String stream, byte[] message) {
        return log.append(session, stream, message);
    }

    /** Returns the stored messages of a stream after a number, in order. */
    public List<Entry> after(String session, String stream, long number) {
        return log.after(session, stream, number);
    }

    /** Removes all streams of a session. */
    public void forget(String session) {
        log.forget(session);
    }
}
