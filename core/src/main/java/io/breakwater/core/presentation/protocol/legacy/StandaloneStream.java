package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import org.jspecify.annotations.Nullable;

/**
 * The stand-alone stream of a session (HTTP GET), for messages outside calls. A session has one; a new one replaces it,
 * because the old connection may be broken without the server having noticed.
 */
final class StandaloneStream implements ResumableStream {
    static final String NAME = "general";

    private final EventLog events;
    private final String session;
    private @Nullable Reply attached; // guarded by this
    private boolean openedOnce; // guarded by this
    private long latest; // guarded by this

    StandaloneStream(EventLog events, String session) {
        this.events = events;
        this.session = session;
    }

    synchronized void attach(Reply reply) {
        detach();
        reply.open(ReplyStatus.RESULT);
        openedOnce = true;
        attached = reply;
        reply.onDisconnect(() -> onDisconnect(reply));
    }

    @Override
    public synchronized boolean resume(Reply reply, long after) {
        var rest = events.after(session, NAME, after);
        boolean complete = rest.isEmpty() ? isLatest(after) : rest.getFirst().number() == after + 1;
        if (complete) {
            attach(reply);
            rest.forEach(entry -> offer(entry.message(), entry.number()));
        }
        return complete;
    }

    /** True when that event exists and is the last one. */
    private boolean isLatest(long number) {
        return number == latest
                || (number > 0 && !events.after(session, NAME, number - 1).isEmpty());
    }

    /**
     * Stores and sends a message, if the client has opened the stream at least once; it can resume the stream later.
     */
    synchronized void send(byte[] message) {
        if (openedOnce) {
            latest = events.append(session, NAME, message);
            offer(message, latest);
        }
    }

    private void offer(byte[] message, long number) {
        var to = attached;
        var event = new Event(message, new EventId(NAME, number).text(), null);
        if (to != null && to.offer(event) != OfferResult.ACCEPTED) {
            detach();
        }
    }

    synchronized boolean isOpen() {
        return attached != null;
    }

    private synchronized void onDisconnect(Reply reply) {
        if (reply.equals(attached)) {
            attached = null;
        }
    }

    synchronized void detach() {
        var from = attached;
        attached = null;
        if (from != null) {
            from.end();
        }
    }
}
