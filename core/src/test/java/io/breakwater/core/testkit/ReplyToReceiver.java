package io.breakwater.core.testkit;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.client.ClientTransport;
import org.jspecify.annotations.Nullable;

/** What the server says on one exchange, handed to the client on the spot. */
final class ReplyToReceiver implements Reply, ClientTransport.TransportExchange {
    private final ClientTransport.Receiver receiver;
    private @Nullable Runnable onDisconnect; // guarded by this
    private boolean over; // guarded by this

    ReplyToReceiver(ClientTransport.Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void answer(ReplyStatus disposition, byte @Nullable [] message) {
        if (!finish()) {
            return;
        }
        session(disposition);
        if (message != null) {
            receiver.event(Event.of(message));
        }
        receiver.closed(message == null ? reason(disposition) : null);
    }

    private void session(ReplyStatus disposition) {
        if (disposition instanceof ReplyStatus.Result(String id) && id != null) {
            receiver.session(id);
        }
    }

    private static @Nullable String reason(ReplyStatus disposition) {
        return disposition instanceof ReplyStatus.Result || disposition instanceof ReplyStatus.Accepted
                ? null
                : disposition.toString();
    }

    @Override
    public void open(ReplyStatus disposition) {
        session(disposition);
    }

    @Override
    public OfferResult offer(Event event) {
        synchronized (this) {
            if (over) {
                return OfferResult.CLOSED;
            }
        }
        receiver.event(event);
        return OfferResult.ACCEPTED;
    }

    @Override
    public void end() {
        if (finish()) {
            receiver.closed(null);
        }
    }

    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        return first;
    }

    @Override
    public void onDisconnect(Runnable action) {
        synchronized (this) {
            if (!over) {
                onDisconnect = action;
                return;
            }
        }
        action.run();
    }

    /** The client hangs up. */
    @Override
    public void cancel() {
        Runnable action;
        synchronized (this) {
            action = over ? null : onDisconnect;
            over = true;
        }
        if (action != null) {
            action.run();
        }
    }
}
