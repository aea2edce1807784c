package io.breakwater.adapter.redis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The current subscriptions of each channel. Thread-safe. */
final class ChannelRegistry {
    private final Map<ByteBuffer, List<ChannelSubscription>> byChannel = new ConcurrentHashMap<>();

    void add(ChannelSubscription subscription) {
        byChannel.compute(key(subscription.channel()), (channel, present) -> {
            var all = present == null ? new CopyOnWriteArrayList<ChannelSubscription>() : present;
            all.add(subscription);
            return all;
        });
    }

    void remove(ChannelSubscription subscription) {
        byChannel.computeIfPresent(key(subscription.channel()), (channel, present) -> {
            present.remove(subscription);
            return present.isEmpty() ? null : present;
        });
    }

    boolean isEmpty() {
        return byChannel.isEmpty();
    }

    boolean has(ByteBuffer channel) {
        return byChannel.containsKey(channel);
    }

    List<ChannelSubscription> subscriptionsTo(byte[] channel) {
        return byChannel.getOrDefault(key(channel), List.of());
    }

    void forEach(Consumer<ChannelSubscription> action) {
        byChannel.values().forEach(all -> all.forEach(action));
    }

    static ByteBuffer key(byte[] channel) {
        return ByteBuffer.wrap(channel);
    }
}
