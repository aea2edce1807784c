package io.breakwater.adapter.redis;

import io.breakwater.port.driven.EventBus.Listener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription: a channel, its listener, and the last connection state that the listener received. The thread of
 * {@link Subscriber} calls the listener.
 */
final class ChannelSubscription {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSubscription.class);

    private final byte[] channel;
    private final Listener listener;
    private volatile boolean closed;
    private boolean connected;

    /** The connection that was last requested to subscribe to the channel; only the requesting thread changes it. */
    private volatile @Nullable PubSubConnection requested;

    ChannelSubscription(byte[] channel, Listener listener) {
        this.channel = channel;
        this.listener = listener;
    }

    byte[] channel() {
        return channel;
    }

    /** Records that this connection subscribes to the channel; returns false when it was recorded before. */
    boolean markRequested(PubSubConnection connection) {
        boolean first = requested != connection;
        requested = connection;
        return first;
    }

    void message(byte[] message) {
        if (connected) {
            notifyListener(target -> target.message(message.clone()));
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

    private void notifyListener(Consumer<Listener> event) {
        if (closed) {
            return;
        }
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("A listener failed to process an event; other listeners are not affected", e);
        }
    }

    void close() {
        closed = true;
    }
}
