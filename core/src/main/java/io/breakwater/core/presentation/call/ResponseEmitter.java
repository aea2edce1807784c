package io.breakwater.core.presentation.call;

import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;

/**
 * The way a call speaks: it begins undecided and answers with one message, unless something has to be said before; then
 * it becomes a stream. Nothing is said after the answer. Thread-safe: every method that is overridden runs under the
 * emitter's lock.
 */
public class ResponseEmitter {
    /** Where messages go. */
    protected final Reply reply;

    private boolean open; // guarded by this
    private boolean finished; // guarded by this

    /** Speaks through that reply. */
    public ResponseEmitter(Reply reply) {
        this.reply = reply;
    }

    /** Says something before the answer; false when it cannot be said any more. */
    public final synchronized boolean emit(byte[] message) {
        if (finished) {
            return false;
        }
        beginStream();
        return send(message);
    }

    /** Becomes a stream now, so that the client sees a sign of life. */
    public final synchronized void beginStream() {
        if (!open && !finished) {
            open = true;
            begin();
        }
    }

    /** The answer. */
    public final synchronized void finish(ReplyStatus status, byte[] message) {
        if (finished) {
            return;
        }
        finished = true;
        if (open) {
            endStreamWith(message);
        } else {
            reply.answer(status, message);
        }
    }

    /** There will be no answer. */
    public final synchronized void close() {
        if (!finished) {
            finished = true;
            endWithoutAnswer();
        }
    }

    private void endWithoutAnswer() {
        if (open) {
            endStream();
        } else {
            reply.answer(ReplyStatus.ACCEPTED, null);
        }
    }

    /** True when the answer is given. */
    protected final boolean finished() {
        return finished;
    }

    /** Puts the head of the stream on the wire. */
    protected void begin() {
        reply.open(ReplyStatus.ANSWER);
    }

    /** Puts a message on the open stream. */
    protected boolean send(byte[] message) {
        return reply.offer(Event.of(message)) == OfferResult.ACCEPTED;
    }

    /** Ends the open stream. */
    protected void endStream() {
        reply.end();
    }

    /** Ends the open stream with the answer. */
    protected void endStreamWith(byte[] message) {
        reply.endWith(Event.of(message));
    }
}
