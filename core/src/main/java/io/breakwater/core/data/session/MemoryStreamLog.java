package io.breakwater.core.data.session;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.StreamLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The stream log in the memory of this process. Sessions are ordered by their last message. When all of them together
 * exceed the limit, or one has had no message for too long, the oldest are removed.
 */
public final class MemoryStreamLog implements StreamLog {
    private final LogLimits limits;
    private final LongSupplier nanos;
    private final LinkedHashMap<String, SessionEvents> sessions = new LinkedHashMap<>();
    private long weight;

    /** Creates a log with limits, measured by a source of nanoseconds. */
    public MemoryStreamLog(LogLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public synchronized long append(String session, String stream, byte[] message, CallContext context) {
        var now = nanos.getAsLong();
        var known = sessions.remove(session);
        var log = known == null ? new SessionEvents(limits) : known;
        weight -= log.weight();
        var number = log.append(stream, message, now);
        weight += log.weight();
        sessions.put(session, log);
        removeOldest(now);
        return number;
    }

    @Override
    public synchronized List<Entry> after(String session, String stream, long number, CallContext context) {
        var log = sessions.get(session);
        return log == null ? List.of() : log.after(stream, number);
    }

    @Override
    public synchronized void forget(String session, CallContext context) {
        remove(session);
    }

    private void remove(String session) {
        var log = sessions.remove(session);
        if (log != null) {
            weight -= log.weight();
        }
    }

    /** Removes the oldest sessions, but never the one with the latest message. */
    private void removeOldest(long now) {
        while (sessions.size() > 1 && (weight > limits.totalBytes() || oldestExpired(now))) {
            remove(sessions.firstEntry().getKey());
        }
    }

    private boolean oldestExpired(long now) {
        return now - sessions.firstEntry().getValue().lastUse() >= limits.keep().toNanos();
    }
}
