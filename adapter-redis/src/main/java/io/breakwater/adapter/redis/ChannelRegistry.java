package io.breakwater.adapter.redis;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who listens to which channel at present. Thread-safe. */
final class ChannelRegistry {
    private final Map<ByteBuffer, List<ChannelSubscription>> byChannel = new ConcurrentHashMap<>();

    void add(ChannelSubscription listening) {
        byChannel.compute(key(listening.channel()), (channel, present) -> {
            var all = present == null ? new CopyOnWriteArrayList<ChannelSubscription>() : present;
            all.add(listening);
            return all;
        });
    }

    void remove(ChannelSubscription listening) {
        byChannel.computeIfPresent(key(listening.channel()), (channel, present) -> {
            present.remove(listening);
            return present.isEmpty() ? null : present;
        });
    }

    boolean isEmpty() {
        return byChannel.isEmpty();
    }

    boolean has(ByteBuffer channel) {
        return byChannel.containsKey(channel);
    }

    List<ChannelSubscription> of(byte[] channel) {
        return byChannel.getOrDefault(key(channel), List.of());
    }

    void forEach(Consumer<ChannelSubscription> action) {
        byChannel.values().forEach(all -> all.forEach(action));
    }

    static ByteBuffer key(byte[] channel) {
        return ByteBuffer.wrap(channel);
    }
}
