package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.port.driving.Reply;

/** A stream of a session that a client may come back to. */
interface ResumableStream {
    /** Goes on with that reply, right after that event; false, and nothing done, when it cannot. */
    boolean resume(Reply reply, long after);
}
