package io.breakwater.port.driven;

/**
 * Tells the other replicas, and this one, that something happened. At most once: what is published while a subscriber
 * is away is lost to it, which it is told. Contract: {@code EventBusContract}.
 */
public interface EventBus {

    /**
     * Tells everybody who listens to that topic; returns when the bus has it.
     *
     * @throws io.breakwater.port.PortException.Unavailable when it could not be told
     */
    void publish(String topic, byte[] message);

    /** Listens to a topic until the subscription is closed. Returns at once, connected or not. */
    Subscription subscribe(String topic, Listener listener);

    /** Hears what is published. Called on one thread at a time; must be quick. */
    interface Listener {
        /** Somebody published this. */
        void message(byte[] message);

        /** Whatever was published until now may have been missed: the bus is connected, for the first time or again. */
        void connected();

        /** The bus was lost: until {@link #connected}, nothing will be heard. */
        void lost();
    }

    /** Listening to a topic. */
    interface Subscription extends AutoCloseable {
        /** Stops listening. */
        @Override
        void close();
    }
}
