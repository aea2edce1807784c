package io.breakwater.core.business.session;

import io.breakwater.port.driven.StreamLog.Entry;
import java.util.List;

/**
 * What was said on the streams of legacy sessions, kept for a client that comes back with {@code Last-Event-ID}.
 * Bounded: the oldest events go first. Thread-safe.
 */
public interface EventLog {

    /** Keeps a message; its number on that stream, counted from 1. */
    long append(String session, String stream, byte[] message);

    /** What is still kept of that stream after that number, in order. */
    List<Entry> after(String session, String stream, long number);

    /** Forgets every stream of a session. */
    void forget(String session);
}
