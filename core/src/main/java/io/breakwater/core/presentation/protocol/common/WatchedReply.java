package io.breakwater.core.presentation.protocol.common;

import io.breakwater.port.Event;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose stream ends when the credential of its client expires or is revoked. For the sender this is as if the client had
 * disconnected. Thread-safe.
 */
public final class WatchedReply implements Reply {
    private final Reply reply;
    private final Authenticated sender;
    private final CredentialWatch credentials;
    private Runnable watch = () -> {}; // guarded by this
    private Runnable onDisconnect = () -> {}; // guarded by this
    private boolean ended; // guarded by this
    private boolean invalid; // guarded by this

    private WatchedReply(Reply reply, Authenticated sender, CredentialWatch credentials) {
        this.reply = reply;
        this.sender = sender;
        this.credentials = credentials;
    }

    /** Returns the reply itself if the credential neither expires nor can be revoked. */
    public static Reply of(Reply reply, Authenticated sender, CredentialWatch credentials) {
        return sender.isPermanent() ? reply : new WatchedReply(reply, sender, credentials);
    }

    @Override
    public void answer(ReplyStatus status, byte @Nullable [] message) {
        reply.answer(status, message);
    }

    @Override
    public void open(ReplyStatus status) {
        reply.open(status);
        synchronized (this) {
            if (!ended) {
                watch = credentials.watch(sender, this::endCredential);
            }
        }
    }

    @Override
    public OfferResult offer(Event event) {
        return reply.offer(event);
    }

    @Override
    public void deliver(Event message) {
        reply.deliver(message);
    }

    @Override
    public void end() {
        endWatch();
        reply.end();
    }

    @Override
    public void endWith(Event message) {
        endWatch();
        reply.endWith(message);
    }

    @Override
    public void onDisconnect(Runnable action) {
        synchronized (this) {
            onDisconnect = action;
        }
        reply.onDisconnect(() -> {
            endWatch();
            action.run();
        });
        if (isInvalid()) {
            action.run();
        }
    }

    private synchronized boolean isInvalid() {
        return invalid;
    }

    private void endWatch() {
        Runnable end;
        synchronized (this) {
            ended = true;
            end = watch;
        }
        end.run();
    }

    private void endCredential() {
        Runnable disconnected;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            invalid = true;
            disconnected = onDisconnect;
        }
        reply.end();
        disconnected.run();
    }
}
