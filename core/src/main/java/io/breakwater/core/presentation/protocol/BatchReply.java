package io.breakwater.core.presentation.protocol;

import io.breakwater.port.driving.Disposition;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.Offer;
import io.breakwater.port.driving.Reply;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Gathers what the messages of one batch are answered on one stream, which ends with the last of them. */
final class BatchReply {
    private final Reply reply;
    private final AtomicInteger waiting = new AtomicInteger(1); // the batch itself
    private final AtomicBoolean open = new AtomicBoolean();

    BatchReply(Reply reply) {
        this.reply = reply;
    }

    Reply next() {
        waiting.incrementAndGet();
        return new One();
    }

    /** All messages have been handed on. */
    void complete() {
        one();
    }

    private void one() {
        if (waiting.decrementAndGet() > 0) {
            return;
        }
        if (open.get()) {
            reply.end();
        } else {
            reply.answer(Disposition.ACCEPTED, null);
        }
    }

    private synchronized void begin() {
        if (open.compareAndSet(false, true)) {
            reply.open(Disposition.ANSWER);
        }
    }

    private final class One implements Reply {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public void answer(Disposition disposition, byte @Nullable [] message) {
            if (message != null) {
                offer(Event.of(message));
            }
            end();
        }

        @Override
        public void open(Disposition disposition) {
            begin();
        }

        @Override
        public Offer offer(Event event) {
            begin();
            return reply.offer(event);
        }

        @Override
        public void end() {
            if (done.compareAndSet(false, true)) {
                one();
            }
        }

        /** A legacy call does not end with its connection. */
        @Override
        public void onDisconnect(Runnable action) {}
    }
}
