package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.port.Event;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Collects the responses to one batch (2025-03-26) and sends them as one array when all are complete (JSON-RPC 2.0,
 * section 6). Notifications before a response are sent at once; over HTTP they open a stream, on which each response is
 * a separate event.
 *
 * <p>No response is lost, however slowly the client reads. Collected responses count in the memory budget; once it is
 * used up, the requests of the batch that have not started are {@linkplain #memoryExhausted refused}. Thread-safe.
 */
public final class BatchCollector {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final LegacyCaller caller;
    private final Reply reply;
    private final MemoryLease memory;
    private final boolean alwaysArray;
    private final BatchArray array = new BatchArray(); // guarded by this
    private int pending = 1; // guarded by this; the batch itself
    private boolean open; // guarded by this

    /** Creates the collector for the batch in that message. */
    BatchCollector(LegacyCaller caller, IncomingMessage inbound, Reply reply) {
        this.caller = caller;
        this.reply = reply;
        this.memory = inbound.memory();
        this.alwaysArray = inbound.channel() instanceof Channel.Connection;
    }

    /** Returns the reply for the next message of the batch. */
    public synchronized Reply next() {
        pending++;
        return new Part();
    }

    /** True when the memory budget has capacity for responses to further requests. */
    public boolean hasRoom() {
        return memory.tryGrow(0);
    }

    /** Creates the error for a request that does not start because the memory budget is used up. */
    public static McpException memoryExhausted() {
        var refusal = Refusal.of(
                        ErrorCode.OVERLOADED,
                        "The responses to earlier requests use up the memory budget of the server. Send this request"
                                + " again, in a smaller batch.")
                .withRetryAfter(SOON);
        return new McpException(RefusalMapping.code(refusal), refusal.message(), RefusalMapping.data(refusal));
    }

    /** Completes the batch; all its messages were dispatched. */
    public void complete() {
        partEnded();
    }

    private synchronized void partEnded() {
        if (--pending > 0) {
            return;
        }
        if (!array.isEmpty()) {
            sendResponses();
        } else if (open) {
            reply.end();
        } else {
            reply.answer(ReplyStatus.ACCEPTED, null);
        }
    }

    private void sendResponses() {
        int bytes = array.length();
        var responses = array.drainArray();
        if (open) {
            reply.endWith(Event.of(responses));
        } else {
            reply.answer(ReplyStatus.RESULT, responses);
        }
        memory.shrink(bytes);
    }

    private synchronized void openStream() {
        if (open) {
            return;
        }
        open = true;
        reply.open(ReplyStatus.RESULT);
        if (!alwaysArray) {
            int bytes = array.length();
            array.drain().forEach(response -> reply.deliver(Event.of(response)));
            memory.shrink(bytes);
        }
    }

    private synchronized void add(byte[] response) {
        if (open && !alwaysArray) {
            reply.deliver(Event.of(response));
        } else {
            memory.grow(response.length);
            array.add(response);
        }
    }

    /**
     * The reply for one message of the batch. Its events carry no ids, because they share a stream with events of other
     * messages.
     */
    final class Part implements Reply {
        private final AtomicBoolean done = new AtomicBoolean();

        /** The caller of the batch, so that its messages do not look the session up again. */
        LegacyCaller caller() {
            return caller;
        }

        @Override
        public void answer(ReplyStatus status, byte @Nullable [] message) {
            if (message != null) {
                add(message);
            }
            end();
        }

        @Override
        public void deliver(Event response) {
            add(response.message());
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
