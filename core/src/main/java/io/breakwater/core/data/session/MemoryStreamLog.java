package io.breakwater.core.data.session;

import io.breakwater.port.driven.StreamLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The stream log in this process. Sessions are kept in the order of their last message: when all of them together take
 * too much, or one has been silent for too long, the first go.
 */
public final class MemoryStreamLog implements StreamLog {
    private final LogLimits limits;
    private final LongSupplier nanos;
    private final LinkedHashMap<String, SessionEvents> sessions = new LinkedHashMap<>();
    private long weight;

    /** Within these limits, as measured by that source of nanoseconds. */
    public MemoryStreamLog(LogLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public synchronized long append(String session, String stream, byte[] message) {
        var now = nanos.getAsLong();
        var known = sessions.remove(session);
        var log = known == null ? new SessionEvents(limits) : known;
        weight -= log.weight();
        var number = log.append(stream, message, now);
        weight += log.weight();
        sessions.put(session, log);
        dropOldest(now);
        return number;
    }

    @Override
    public synchronized List<Entry> after(String session, String stream, long number) {
        var log = sessions.get(session);
        return log == null ? List.of() : log.after(stream, number);
    }

    @Override
    public synchronized void forget(String session) {
        var log = sessions.remove(session);
        if (log != null) {
            weight -= log.weight();
        }
    }

    /** The session that has just spoken stays. */
    private void dropOldest(long now) {
        while (sessions.size() > 1 && (weight > limits.totalBytes() || silent(now))) {
            forget(sessions.firstEntry().getKey());
        }
    }

    private boolean silent(long now) {
        return now - sessions.firstEntry().getValue().lastUse() >= limits.keep().toNanos();
    }
}
