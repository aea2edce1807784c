package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import org.jspecify.annotations.Nullable;

/**
 * The stand-alone stream of a session (HTTP GET): what the server says outside any call. There is one; a client that
 * opens another takes its place, since the old connection may be dead without anybody having noticed.
 */
final class StandaloneStream implements ResumableStream {
    static final String NAME = "general";

    private final EventLog book;
    private final String session;
    private @Nullable Reply attached; // guarded by this
    private boolean wanted; // guarded by this
    private long latest; // guarded by this

    StandaloneStream(EventLog book, String session) {
        this.book = book;
        this.session = session;
    }

    synchronized void attach(Reply reply) {
        detach();
        reply.open(ReplyStatus.ANSWER);
        wanted = true;
        attached = reply;
        reply.onDisconnect(() -> gone(reply));
    }

    @Override
    public synchronized boolean resume(Reply reply, long after) {
        var rest = book.after(session, NAME, after);
        boolean whole = rest.isEmpty() ? isLatest(after) : rest.getFirst().number() == after + 1;
        if (whole) {
            attach(reply);
            rest.forEach(entry -> put(entry.message(), entry.number()));
        }
        return whole;
    }

    /** Whether nothing was said after that event, and the event was there. */
    private boolean isLatest(long number) {
        return number == latest
                || (number > 0 && !book.after(session, NAME, number - 1).isEmpty());
    }

    /** A client that listened once may come back for what it missed; one that never did is not spoken to. */
    synchronized void say(byte[] message) {
        if (wanted) {
            latest = book.append(session, NAME, message);
            put(message, latest);
        }
    }

    private void put(byte[] message, long number) {
        var to = attached;
        var event = new Event(message, new EventId(NAME, number).text(), null);
        if (to != null && to.offer(event) != OfferResult.ACCEPTED) {
            detach();
        }
    }

    synchronized boolean open() {
        return attached != null;
    }

    private synchronized void gone(Reply reply) {
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
