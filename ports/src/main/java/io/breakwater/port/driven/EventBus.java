package io.breakwater.port.driven;

/**
 * Publishes events to all replicas, including this one. Delivery is at most once: a subscriber misses the events that
 * are published while it is disconnected, and its listener learns of this. Contract: {@code EventBusContract}.
 */
public interface EventBus {

    /**
     * Publishes a message to all subscribers of the topic; returns when the bus has accepted it.
     *
     * @throws io.breakwater.port.PortException.UnavailableException when the bus cannot be reached
     */
    void publish(String topic, byte[] message);

    /** Subscribes to a topic until the subscription is closed. Returns at once, even without a connection. */
    Subscription subscribe(String topic, Listener listener);

    /** Receives messages. The bus calls it on one thread at a time; it must be quick. */
    interface Listener {
        /** Receives a message. */
        void message(byte[] message);

        /** The bus is connected, for the first time or again; earlier messages may have been missed. */
        void connected();

        /** The connection is lost; no messages arrive until {@link #connected}. */
        void lost();
    }

    /** A subscription to a topic. */
    interface Subscription extends AutoCloseable {
        /** Ends the subscription. */
        @Override
        void close();
    }
}
