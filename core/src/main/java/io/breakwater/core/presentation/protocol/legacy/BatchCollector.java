package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the answers to one batch (2025-03-26). They wait for each other and are one array (JSON-RPC 2.0, section 6).
 * When a call says something before its answer, that is sent at once; over HTTP this begins a stream, on which each
 * answer is an event of its own.
 *
 * <p>No answer is lost, however slowly the client reads. Answers that wait are counted in the memory budget; once it is
 * used up, the requests of the batch that have not begun are {@linkplain #memoryExhausted refused}. Thread-safe.
 */
public final class BatchCollector {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Reply reply;
    private final MemoryLease memory;
    private final boolean alwaysArray;
    private final BatchArray array = new BatchArray(); // guarded by this
    private int pending = 1; // guarded by this; the batch itself
    private boolean open; // guarded by this

    /** Gathers the answers to the batch in that message. */
    public BatchCollector(IncomingMessage inbound, Reply reply) {
        this.reply = reply;
        this.memory = inbound.memory();
        this.alwaysArray = inbound.channel() instanceof Channel.Connection;
    }

    /** The way back for one more message of the batch. */
    public synchronized Reply next() {
        pending++;
        return new Part();
    }

    /** Whether the memory budget has room for the answers to further requests. */
    public boolean hasRoom() {
        return memory.tryGrow(0);
    }

    /** The error for a request that does not begin because there is no room for its answer. */
    public static McpException memoryExhausted() {
        var refused = new Outcome.Refused(
                ErrorCode.OVERLOADED,
                "The answers to earlier requests use up the memory budget (limits.memory). Send this request again, in a"
                        + " smaller batch.",
                SOON);
        return new McpException(RefusalMapping.code(refused), refused.message(), RefusalMapping.data(refused));
    }

    /** All messages have been handed on. */
    public void complete() {
        partEnded();
    }

    private synchronized void partEnded() {
        if (--pending > 0) {
            return;
        }
        if (!array.isEmpty()) {
            answer();
        } else if (open) {
            reply.end();
        } else {
            reply.answer(ReplyStatus.ACCEPTED, null);
        }
    }

    private void answer() {
        int bytes = array.length();
        var answers = array.drainArray();
        if (open) {
            reply.endWith(Event.of(answers));
        } else {
            reply.answer(ReplyStatus.ANSWER, answers);
        }
        memory.shrink(bytes);
    }

    private synchronized void openStream() {
        if (open) {
            return;
        }
        open = true;
        reply.open(ReplyStatus.ANSWER);
        if (!alwaysArray) {
            int bytes = array.length();
            array.drain().forEach(answer -> reply.deliver(Event.of(answer)));
            memory.shrink(bytes);
        }
    }

    private synchronized void add(byte[] answer) {
        if (open && !alwaysArray) {
            reply.deliver(Event.of(answer));
        } else {
            memory.grow(answer.length);
            array.add(answer);
        }
    }

    /** The way back for one message of the batch. Its events share a stream with those of others: they carry no ids. */
    final class Part implements Reply {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public void answer(ReplyStatus status, byte @Nullable [] message) {
            if (message != null) {
                add(message);
            }
            end();
        }

        @Override
        public void deliver(Event answer) {
            add(answer.message());
        }

        @Override
        public void open(ReplyStatus status) {
            openStream();
        }

        @Override
        public OfferResult offer(Event event) {
            openStream();
            return reply.offer(event);
        }

        @Override
        public void end() {
            if (done.compareAndSet(false, true)) {
                partEnded();
            }
        }

        /** A legacy call does not end with its connection. */
        @Override
        public void onDisconnect(Runnable action) {}
    }
}
