package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.port.CallContext;
import io.breakwater.port.driving.Reply;

/** A stream of a session that a client can resume. */
interface ResumableStream {
    /**
     * Continues the stream on that reply, after the event of that number; false, without any effect, when this is not
     * possible.
     */
    boolean resume(Reply reply, long after, CallContext context);
}
