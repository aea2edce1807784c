package io.breakwater.core.presentation.protocol.common;

import io.breakwater.port.Event;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reply whose stream ends when the credential of its client expires. For the sender this is as if the client had
 * disconnected. Thread-safe.
 */
public final class ExpiringReply implements Reply {
    private final Reply reply;
    private final Instant expires;
    private final StreamExpiry expiry;
    private Runnable registration = () -> {}; // guarded by this
    private Runnable onDisconnect = () -> {}; // guarded by this
    private boolean ended; // guarded by this
    private boolean expired; // guarded by this

    private ExpiringReply(Reply reply, Instant expires, StreamExpiry expiry) {
        this.reply = reply;
        this.expires = expires;
        this.expiry = expiry;
    }

    /** Returns the reply itself if the credential does not expire. */
    public static Reply of(Reply reply, @Nullable Instant expires, StreamExpiry expiry) {
        return expires == null ? reply : new ExpiringReply(reply, expires, expiry);
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
                registration = expiry.register(expires, this::expire);
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
        cancelExpiry();
        reply.end();
    }

    @Override
    public void endWith(Event message) {
        cancelExpiry();
        reply.endWith(message);
    }

    @Override
    public void onDisconnect(Runnable action) {
        synchronized (this) {
            onDisconnect = action;
        }
        reply.onDisconnect(() -> {
            cancelExpiry();
            action.run();
        });
        if (isExpired()) {
            action.run();
        }
    }

    private synchronized boolean isExpired() {
        return expired;
    }

    private void cancelExpiry() {
        Runnable cancel;
        synchronized (this) {
            ended = true;
            cancel = registration;
        }
        cancel.run();
    }

    private void expire() {
        Runnable disconnected;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            expired = true;
            disconnected = onDisconnect;
        }
        reply.end();
        disconnected.run();
    }
}
