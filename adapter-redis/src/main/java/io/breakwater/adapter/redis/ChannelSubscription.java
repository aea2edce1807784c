package io.breakwater.adapter.redis;

import io.breakwater.port.driven.EventBus.Listener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription: who listens to what, and what the listener was told last. Its listener is called by the receiver.
 */
final class ChannelSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSubscription.class);

    private final byte[] channel;
    private final Listener listener;
    private volatile boolean closed;
    private boolean connected;

    /** The ear that was asked to hear for it; touched by the thread that asks. */
    private volatile @Nullable PubSubConnection asked;

    ChannelSubscription(byte[] channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    byte[] channel() {
        return channel;
    }

    /** Notes that this ear is asked to hear for it; false when it was asked before. */
    boolean ask(PubSubConnection ear) {
        boolean first = asked != ear;
        asked = ear;
        return first;
    }

    void message(byte[] message) {
        if (connected) {
            notifyListener(told -> told.message(message.clone()));
        }
    }

    void connected() {
        if (!connected) {
            connected = true;
            notifyListener(Listener::connected);
        }
    }

    void lost() {
        if (connected) {
            connected = false;
            notifyListener(Listener::lost);
        }
    }

    private void notifyListener(Consumer<Listener> word) {
        if (closed) {
            return;
        }
        try {
            word.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("A listener failed to hear an event; the others heard it", e);
        }
    }

    void close() {
        closed = true;
    }
}
