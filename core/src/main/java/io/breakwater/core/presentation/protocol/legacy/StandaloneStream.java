package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.port.CallContext;
import io.breakwater.port.Event;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.StreamLog.Entry;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The stand-alone stream of a session (HTTP GET), for messages outside calls. A session has one; a new one replaces it,
 * because the old connection may be broken without the server having noticed.
 *
 * <p>The lock {@code order} is held while the event log is used, which may block, and is taken only on threads that may
 * wait. The monitor of the object is held for moments only, because event loops use it.
 */
final class StandaloneStream {
    static final String NAME = "general";

    private final EventLog events;
    private final String session;
    private final StoreAccess access;
    private final ReentrantLock order = new ReentrantLock();
    private long latest; // guarded by order
    private @Nullable DistinctWork<Message> messages; // guarded by this; present once the client opened the stream
    private @Nullable Reply attached; // guarded by this
    private volatile Principal principal = Principal.ANONYMOUS;

    StandaloneStream(EventLog events, String session, StoreAccess access) {
        this.events = events;
        this.session = session;
        this.access = access;
    }

    /** Returns the principal that opened the stream, with the roles and scopes of that credential. */
    Principal principal() {
        return principal;
    }

    synchronized void attach(Reply reply, Principal sender) {
        detach();
        principal = sender;
        reply.open(ReplyStatus.RESULT);
        if (messages == null) {
            messages = new DistinctWork<>(access.executor(), message -> storeAndOffer(message.bytes()));
        }
        attached = reply;
        reply.onDisconnect(() -> onDisconnect(reply));
    }

    /**
     * Continues the stream after the event of that number; false, without any effect, if this is not possible.
     *
     * @param visible selects the stored messages that this client may have
     */
    boolean resume(Reply reply, Principal sender, long after, Predicate<byte[]> visible, CallContext context) {
        order.lock();
        try {
            var rest = events.after(session, NAME, after, context);
            boolean complete = rest.isEmpty() ? isLatest(after, context) : isNext(rest, after);
            if (complete) {
                attach(reply, sender);
                rest.stream()
                        .filter(entry -> visible.test(entry.message()))
                        .forEach(entry -> offer(event(entry.message(), entry.number())));
            }
            return complete;
        } finally {
            order.unlock();
        }
    }

    private static boolean isNext(List<Entry> rest, long after) {
        return rest.getFirst().number() == after + 1;
    }

    /** True when that event exists and is the last one. */
    private boolean isLatest(long number, CallContext context) {
        return number == latest
                || (number > 0
                        && !events.after(session, NAME, number - 1, context).isEmpty());
    }

    /**
     * Stores and sends a message, if the client has opened the stream at least once; it can resume the stream later.
     * Does not wait for the event log. Of two equal messages that wait for it, one is sent.
     */
    void send(byte[] message) {
        var opened = messages();
        if (opened != null) {
            opened.add(new Message(message));
        }
    }

    private synchronized @Nullable DistinctWork<Message> messages() {
        return messages;
    }

    private void storeAndOffer(byte[] message) {
        order.lock();
        try {
            var number = events.append(session, NAME, message, access.context());
            if (number.isPresent()) {
                latest = number.getAsLong();
                offer(event(message, latest));
            } else {
                offer(Event.of(message));
            }
        } finally {
            order.unlock();
        }
    }

    private static Event event(byte[] message, long number) {
        return new Event(message, new EventId(NAME, number).text(), null);
    }

    private synchronized void offer(Event event) {
        var to = attached;
        if (to != null && to.offer(event) != OfferResult.ACCEPTED) {
            detach();
        }
    }

    synchronized boolean isOpen() {
        return attached != null;
    }

    private synchronized void onDisconnect(Reply reply) {
        if (reply.equals(attached)) {
            attached = null;
        }
    }

    synchronized void detach() {
        var from = attached;
        attached = null;
        if (from != null) {
            from.end();
        }
    }

    /** A message that waits; compared by its content. */
    private record Message(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Message message && Arrays.equals(bytes, message.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
