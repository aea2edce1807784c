package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.port.CallContext;
import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The resumable stream of one legacy call. It stores each message in the event log before it sends it, so a connection
 * that breaks or reads too slowly loses nothing: the client resumes with {@code Last-Event-ID} (2025-11-25, transports:
 * resumability). The stream is independent of the connection; the call uses the stream only. While the event log is not
 * available, the stream continues, with messages that cannot be resumed.
 */
final class ResumableEmitter extends ResponseEmitter implements ResumableStream {
    private static final byte[] EMPTY = new byte[0];

    private final EventLog events;
    private final String session;
    private String stream = ""; // set when the stream opens, which most calls never do
    private final Message.Request request;
    private final boolean priming;
    private final LegacyClient client;
    private final StoreAccess access;
    private @Nullable Reply attached; // guarded by this
    private long latest; // guarded by this
    private boolean ended; // guarded by this

    ResumableEmitter(
            Reply reply,
            EventLog events,
            LegacyClient client,
            Message.Request request,
            boolean priming,
            StoreAccess access) {
        super(reply);
        this.events = events;
        this.session = client.id();
        this.request = request;
        this.priming = priming;
        this.client = client;
        this.access = access;
        this.attached = reply;
    }

    /**
     * Opens the stream. From 2025-11-25 on, the first event has an id and no message, so that a client can resume from
     * it.
     */
    @Override
    protected void begin() {
        super.begin();
        var target = StreamTarget.of(request);
        stream = target == null ? client.nextStream() : target.streamName(client.nextStream());
        client.addStream(stream, this);
        if (priming) {
            offer(new Event(EMPTY, new EventId(stream, 0).text(), null));
        }
    }

    @Override
    protected boolean send(byte[] message) {
        var number = events.append(session, stream, message, access.context());
        if (number.isEmpty()) {
            return offer(Event.of(message));
        }
        latest = number.getAsLong();
        offer(new Event(message, new EventId(stream, latest).text(), null));
        return true;
    }

    @Override
    protected void endStream() {
        ended = true;
        detach();
        client.removeStream(stream);
    }

    @Override
    protected void endStreamWith(byte[] message) {
        send(message);
        endStream();
    }

    /** Sends an event on the current connection; false if there is none or the client does not read. */
    private boolean offer(Event event) {
        var to = attached;
        boolean accepted = to != null && to.offer(event) == OfferResult.ACCEPTED;
        if (to != null && !accepted) {
            detach();
        }
        return accepted;
    }

    private void detach() {
        var from = attached;
        attached = null;
        if (from != null) {
            from.end();
        }
    }

    /** Closes the connection, and tells the client when to reconnect. */
    synchronized void release(Duration retry) {
        beginStream();
        if (!ended) {
            offer(new Event(EMPTY, null, retry));
            detach();
        }
    }

    @Override
    public synchronized boolean resume(Reply next, long after, CallContext context) {
        if (ended) {
            return new ReplayedStream(events, session, stream).resume(next, after, context);
        }
        if (after > latest) {
            return false;
        }
        var missed = events.after(session, stream, after, context);
        detach();
        next.open(ReplyStatus.RESULT);
        attached = next;
        for (var entry : missed) {
            offer(new Event(entry.message(), new EventId(stream, entry.number()).text(), null));
        }
        return true;
    }
}
