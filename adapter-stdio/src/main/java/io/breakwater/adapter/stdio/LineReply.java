package io.breakwater.adapter.stdio;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers with lines. Stdio carries no reply status, event id or retry time. {@code McpEndpoint.closed} reports the
 * disconnect for all replies at once, so {@link #onDisconnect} does nothing.
 */
final class LineReply implements Reply {
    private final LineWriter out;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Runs {@code onEnd} once, when the writer has the complete answer. */
    LineReply(LineWriter out, Runnable onEnd) {
        this.out = out;
        this.onEnd = onEnd;
    }

    @Override
    public void answer(ReplyStatus status, byte @Nullable [] message) {
        if (ended.compareAndSet(false, true)) {
            if (message != null) {
                out.write(message);
            }
            onEnd.run();
        }
    }

    @Override
    public void open(ReplyStatus status) {}

    @Override
    public OfferResult offer(Event event) {
        if (ended.get()) {
            return OfferResult.CLOSED;
        }
        return event.message().length == 0 ? OfferResult.ACCEPTED : out.offer(event.message());
    }

    /** Like {@link #answer}, never refuses an answer: the reader reads no further messages meanwhile. */
    @Override
    public void deliver(Event answer) {
        if (!ended.get()) {
            out.write(answer.message());
        }
    }

    @Override
    public void end() {
        if (ended.compareAndSet(false, true)) {
            onEnd.run();
        }
    }

    @Override
    public void endWith(Event answer) {
        answer(ReplyStatus.RESULT, answer.message());
    }

    @Override
    public void onDisconnect(Runnable action) {}
}
