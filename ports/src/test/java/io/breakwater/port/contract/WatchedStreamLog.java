package io.breakwater.port.contract;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.StreamLog;
import java.util.List;

/**
 * A stream log behind a {@link StoreWatch}. The operations are {@code append}, {@code after} and {@code forget}.
 *
 * @param mayBlock what the store claims
 */
public record WatchedStreamLog(StreamLog log, StoreWatch watch, boolean mayBlock) implements StreamLog {

    /** A log in a store that may block. */
    public WatchedStreamLog(StreamLog log, StoreWatch watch) {
        this(log, watch, true);
    }

    @Override
    public long append(String session, String stream, byte[] message, CallContext context) {
        watch.access("append");
        return log.append(session, stream, message, context);
    }

    @Override
    public List<Entry> after(String session, String stream, long number, CallContext context) {
        watch.access("after");
        return log.after(session, stream, number, context);
    }

    @Override
    public void forget(String session, CallContext context) {
        watch.access("forget");
        log.forget(session, context);
    }
}
