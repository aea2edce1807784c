package io.breakwater.server.client;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import org.jspecify.annotations.Nullable;

/** Passes the server's reply to the receiver of the client, on the thread of the server. */
final class InProcessReply implements Reply, ClientTransport.TransportExchange {
    private final ClientTransport.Receiver receiver;
    private @Nullable Runnable onDisconnect; // guarded by this
    private boolean ended; // guarded by this

    InProcessReply(ClientTransport.Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void answer(ReplyStatus status, byte @Nullable [] message) {
        if (!finish()) {
            return;
        }
        passOn(status);
        if (message != null) {
            receiver.event(Event.of(message));
        }
        receiver.closed(refusal(status));
    }

    /** Ends the reply of a message whose sender was not accepted. */
    void refuse(Authentication refusal) {
        if (!finish()) {
            return;
        }
        if (refusal instanceof Authentication.Challenge challenge) {
            receiver.unauthorized();
            receiver.closed(new PortException.RefusedException(challenge.message(), null));
        } else {
            receiver.closed(new PortException.RefusedException(
                    "The server cannot determine who sends the message at present.", null));
        }
    }

    private void passOn(ReplyStatus status) {
        if (status instanceof ReplyStatus.Result(String id) && id != null) {
            receiver.session(id);
        } else if (status instanceof ReplyStatus.Unauthenticated || status instanceof ReplyStatus.Forbidden) {
            receiver.unauthorized();
        }
    }

    private static @Nullable PortException refusal(ReplyStatus status) {
        return switch (status) {
            case ReplyStatus.Result result -> null;
            case ReplyStatus.Accepted accepted -> null;
            case ReplyStatus.Ended ended -> null;
            default ->
                new PortException.RefusedException(
                        "The server refused the message: " + status.getClass().getSimpleName() + ".", null);
        };
    }

    @Override
    public void open(ReplyStatus status) {
        passOn(status);
    }

    @Override
    public OfferResult offer(Event event) {
        synchronized (this) {
            if (ended) {
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
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    public void onDisconnect(Runnable action) {
        synchronized (this) {
            if (!ended) {
                onDisconnect = action;
                return;
            }
        }
        action.run();
    }

    /** The client disconnects. */
    @Override
    public void cancel() {
        Runnable action;
        synchronized (this) {
            action = ended ? null : onDisconnect;
            ended = true;
        }
        if (action != null) {
            action.run();
        }
    }
}
