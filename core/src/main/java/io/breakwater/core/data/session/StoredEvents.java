package io.breakwater.core.data.session;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.StreamLog.Entry;
import java.util.List;

/** The event log in a {@link StreamLog}. */
public final class StoredEvents implements EventLog {
    private final StreamLog log;

    /** Uses this stream log. */
    public StoredEvents(StreamLog log) {
        this.log = log;
    }

    @Override
    public long append(String session, String stream, byte[] message) {
        return log.append(session, stream, message);
    }

    @Override
    public List<Entry> after(String session, String stream, long number) {
        return log.after(session, stream, number);
    }

    @Override
    public void forget(String session) {
        log.forget(session);
    }
}
