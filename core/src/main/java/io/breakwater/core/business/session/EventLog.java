package io.breakwater.core.business.session;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.StreamLog.Entry;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The messages of the event streams of legacy sessions, stored for a client that continues a stream with
 * {@code Last-Event-ID}. Limited: the oldest messages are dropped first. While the storage is not available, streams
 * continue without it, and the client cannot resume them after a message that was not stored. Thread-safe.
 */
@OutageBehavior(
        guard = "resumable streams",
        dependency = GuardDependency.SESSION_STORE,
        failure = "down",
        effect = OutageEffect.DEGRADE,
        behavior = "Streams continue, but a client that loses its connection cannot resume them.",
        recovery = "Later messages can be resumed again.",
        signal = "log line `Messages of streams cannot be stored`",
        details = "embedding.md#builders")
public final class EventLog {
    private final StreamLog log;
    private final Consumer<PortException> onOutage;
    private final AtomicBoolean outage = new AtomicBoolean();

    /**
     * Uses this storage.
     *
     * @param onOutage receives the first failure of each outage of the storage
     */
    public EventLog(StreamLog log, Consumer<PortException> onOutage) {
        this.log = log;
        this.onOutage = onOutage;
    }

    /** True if the methods with a context may block. */
    public boolean mayBlock() {
        return log.mayBlock();
    }

    /** Stores a message and returns its number on the stream, counted from 1; empty if the storage is not available. */
    public OptionalLong append(String session, String stream, byte[] message, CallContext context) {
        try {
            var number = OptionalLong.of(log.append(session, stream, message, context));
            if (outage.get()) {
                outage.set(false);
            }
            return number;
        } catch (PortException failure) {
            reportOutage(failure);
            return OptionalLong.empty();
        }
    }

    /**
     * Returns the stored messages of a stream after a number, in order.
     *
     * @throws PortException if the storage is not available
     */
    public List<Entry> after(String session, String stream, long number, CallContext context) {
        return log.after(session, stream, number, context);
    }

    /** Removes all streams of a session. If the storage is not available, it drops them later as the oldest. */
    public void forget(String session, CallContext context) {
        try {
            log.forget(session, context);
        } catch (PortException failure) {
            reportOutage(failure);
        }
    }

    private void reportOutage(PortException failure) {
        if (outage.compareAndSet(false, true)) {
            onOutage.accept(failure);
        }
    }
}
