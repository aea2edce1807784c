package io.breakwater.core.testkit;

import io.breakwater.core.presentation.client.Wire;
import io.breakwater.port.driving.Disposition;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.Offer;
import io.breakwater.port.driving.Reply;
import org.jspecify.annotations.Nullable;

/** What the server says on one exchange, handed to the client on the spot. */
final class ReplyToReceiver implements Reply, Wire.Carriage {
    private final Wire.Receiver receiver;
    private @Nullable Runnable onDisconnect; // guarded by this
    private boolean over; // guarded by this

    ReplyToReceiver(Wire.Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void answer(Disposition disposition, byte @Nullable [] message) {
        if (!finish()) {
            return;
        }
        session(disposition);
        if (message != null) {
            receiver.event(Event.of(message));
        }
        receiver.closed(message == null ? reason(disposition) : null);
    }

    private void session(Disposition disposition) {
        if (disposition instanceof Disposition.Answer(String id) && id != null) {
            receiver.session(id);
        }
    }

    private static @Nullable String reason(Disposition disposition) {
        return disposition instanceof Disposition.Answer || disposition instanceof Disposition.Accepted
                ? null
                : disposition.toString();
    }

    @Override
    public void open(Disposition disposition) {
        session(disposition);
    }

    @Override
    public Offer offer(Event event) {
        synchronized (this) {
            if (over) {
                return Offer.CLOSED;
            }
        }
        receiver.event(event);
        return Offer.ACCEPTED;
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
    public void drop() {
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
