package io.breakwater.port.memory;

import io.breakwater.port.driven.EventBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An {@link EventBus} for tests, one object for each replica. Listeners are called on the publisher's thread before
 * {@link #publish} returns, so that a test need not wait. Thread-safe.
 */
public final class MemoryEventBus implements EventBus {
    private final Hub hub;
    private final SimulatedLink line;
    private final List<Listening> listening = new CopyOnWriteArrayList<>();

    private MemoryEventBus(Hub hub, SimulatedLink line) {
        this.hub = hub;
        this.line = line;
        hub.buses.add(this);
        line.onChange(() -> hub.alone(() -> listening.forEach(Listening::follow)));
    }

    /** The first replica's bus, at the end of that line. */
    public static MemoryEventBus on(SimulatedLink line) {
        return new MemoryEventBus(new Hub(), line);
    }

    /**
     * The bus of one more replica, which hears what the others say, at the end of a line of its own or a shared one.
     */
    public MemoryEventBus another(SimulatedLink line) {
        return new MemoryEventBus(hub, line);
    }

    @Override
    public void publish(String topic, byte[] message) {
        line.pass();
        hub.alone(() -> hub.buses.forEach(bus -> bus.deliver(topic, message)));
    }

    private void deliver(String topic, byte[] message) {
        listening.stream().filter(one -> one.topic.equals(topic)).forEach(one -> one.hear(message));
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        var one = new Listening(topic, listener);
        hub.alone(() -> {
            listening.add(one);
            one.follow();
        });
        return () -> hub.alone(() -> listening.remove(one));
    }

    /** Where all buses meet; one thread at a time is in it. */
    private static final class Hub {
        private final List<MemoryEventBus> buses = new CopyOnWriteArrayList<>();
        private final ReentrantLock lock = new ReentrantLock();

        void alone(Runnable action) {
            lock.lock();
            try {
                action.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** One subscription, and what its listener believes about the line. */
    private final class Listening {
        private final String topic;
        private final Listener listener;
        private boolean connected;

        Listening(String topic, Listener listener) {
            this.topic = topic;
            this.listener = listener;
        }

        void follow() {
            boolean now = !line.isCut();
            if (now != connected) {
                connected = now;
                tell(now ? Listener::connected : Listener::lost);
            }
        }

        void hear(byte[] message) {
            if (connected) {
                tell(subscriber -> subscriber.message(message.clone()));
            }
        }

        private void tell(Consumer<Listener> word) {
            try {
                if (listening.contains(this)) {
                    word.accept(listener);
                }
            } catch (RuntimeException e) {
                // A listener that fails does not disturb other listeners.
            }
        }
    }
}
