package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.port.CallContext;
import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;

/**
 * A stream whose call has ended. It sends the messages that the event log still has. When the log has none, the stream
 * cannot be resumed; otherwise a client whose call was cancelled would reconnect forever.
 */
record ReplayedStream(EventLog events, String session, String stream) implements ResumableStream {

    @Override
    public boolean resume(Reply reply, long after, CallContext context) {
        var rest = events.after(session, stream, after, context);
        if (rest.isEmpty()) {
            return false;
        }
        reply.open(ReplyStatus.RESULT);
        for (var entry : rest) {
            var event = new Event(entry.message(), new EventId(stream, entry.number()).text(), null);
            if (reply.offer(event) != OfferResult.ACCEPTED) {
                break; // keeps the order: the client resumes after the last event it received
            }
        }
        reply.end();
        return true;
    }
}
