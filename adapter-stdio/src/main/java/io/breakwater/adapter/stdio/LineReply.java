package io.breakwater.adapter.stdio;

import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers with lines. Dispositions, event ids and retry times have no place on stdio. That the client is gone is told
 * by {@code McpEndpoint.closed} for all replies at once, so that {@link #onDisconnect} has nothing to add.
 */
final class LineReply implements Reply {
    private final LineWriter out;
    private final Runnable onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Runs {@code onEnd} once, when the answer is complete and handed to the writer. */
    LineReply(LineWriter out, Runnable onEnd) {
        this.out = out;
        this.onEnd = onEnd;
    }

    @Override
    public void answer(ReplyStatus disposition, byte @Nullable [] message) {
        if (ended.compareAndSet(false, true)) {
            if (message != null) {
                out.write(message);
            }
            onEnd.run();
        }
    }

    @Override
    public void open(ReplyStatus disposition) {}

    @Override
    public OfferResult offer(Event event) {
        if (ended.get()) {
            return OfferResult.CLOSED;
        }
        return event.message().length == 0 ? OfferResult.ACCEPTED : out.offer(event.message());
    }

    /** An answer is never refused, as {@link #answer} is not: the reader takes no further messages meanwhile. */
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
        answer(ReplyStatus.ANSWER, answer.message());
    }

    @Override
    public void onDisconnect(Runnable action) {}
}
