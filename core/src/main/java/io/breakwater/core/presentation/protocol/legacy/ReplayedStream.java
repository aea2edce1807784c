package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;

/**
 * A stream whose call has ended: what is still kept of it is told once more. Where nothing is left there is no stream
 * to offer: a client whose call was cancelled would otherwise come back for its answer for ever.
 */
record ReplayedStream(EventLog events, String session, String stream) implements ResumableStream {

    @Override
    public boolean resume(Reply reply, long after) {
        var rest = events.after(session, stream, after);
        if (rest.isEmpty()) {
            return false;
        }
        reply.open(ReplyStatus.ANSWER);
        for (var entry : rest) {
            var event = new Event(entry.message(), new EventId(stream, entry.number()).text(), null);
            if (reply.offer(event) != OfferResult.ACCEPTED) {
                break; // a later event must not come before this one: the client comes back for both
            }
        }
        reply.end();
        return true;
    }
}
