package io.breakwater.core.presentation.call;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;

/**
 * Sends the messages of a call: one response, or an event stream when notifications come before the response. It sends
 * nothing after the response. Thread-safe: every method that subclasses override runs under the lock of the emitter.
 */
public class ResponseEmitter {
    /** The reply that carries the messages. */
    protected final Reply reply;

    private volatile boolean open; // written under this
    private boolean finished; // guarded by this

    /** Sends through that reply. */
    public ResponseEmitter(Reply reply) {
        this.reply = reply;
    }

    /** Sends a message before the response; false when this is not possible any more. */
    public final synchronized boolean emit(byte[] message) {
        if (finished) {
            return false;
        }
        beginStream();
        return send(message);
    }

    /** Opens the stream now, so that the client sees that the call runs. */
    public final synchronized void beginStream() {
        if (!open && !finished) {
            open = true;
            begin();
        }
    }

    /** Sends the response. */
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

    /** Ends without a response. */
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

    /** True when the stream was opened. */
    public final boolean isOpen() {
        return open;
    }

    /** True when the response was sent. */
    protected final boolean finished() {
        return finished;
    }

    /** Opens the stream. */
    protected void begin() {
        reply.open(ReplyStatus.RESULT);
    }

    /** Sends a message on the open stream. */
    protected boolean send(byte[] message) {
        return reply.offer(Event.of(message)) == OfferResult.ACCEPTED;
    }

    /** Ends the open stream. */
    protected void endStream() {
        reply.end();
    }

    /** Ends the open stream with the response. */
    protected void endStreamWith(byte[] message) {
        reply.endWith(Event.of(message));
    }
}
