package io.breakwater.core.presentation.protocol;

import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Disposition;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.Offer;
import io.breakwater.port.driving.Reply;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what the messages of one batch are answered. Over HTTP each answer is an event of one stream, which ends with
 * the last of them. On a lasting connection the answers wait for each other and are one array (JSON-RPC 2.0, section 6);
 * what a call says before its answer is said at once.
 */
final class BatchReply {
    private final Reply reply;
    private final @Nullable BatchArray array;
    private final AtomicInteger waiting = new AtomicInteger(1); // the batch itself
    private final AtomicBoolean open = new AtomicBoolean();

    private BatchReply(Reply reply, @Nullable BatchArray array) {
        this.reply = reply;
        this.array = array;
    }

    /** Answers as that channel demands. */
    static BatchReply on(Channel channel, Reply reply) {
        return new BatchReply(reply, channel instanceof Channel.Connection ? new BatchArray() : null);
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
        var answers = array == null ? null : array.toBytes();
        if (answers == null) {
            end();
        } else if (open.get()) {
            reply.endWith(Event.of(answers));
        } else {
            reply.answer(Disposition.ANSWER, answers);
        }
    }

    private void end() {
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
                give(Event.of(message));
            }
            end();
        }

        @Override
        public void endWith(Event answer) {
            give(answer);
            end();
        }

        private void give(Event answer) {
            if (array == null) {
                offer(answer);
            } else {
                array.add(answer.message());
            }
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
