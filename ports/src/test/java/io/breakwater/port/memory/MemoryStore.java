package io.breakwater.port.memory;

import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A {@link CacheStore} without bounds, for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryStore implements CacheStore {
    private final Map<String, Kept> values = new ConcurrentHashMap<>();
    private final SimulatedLink line;
    private final LongSupplier nanos;

    /**
     * An empty one.
     *
     * @param line passed by every operation
     * @param nanos the time, in nanoseconds from any origin
     */
    public MemoryStore(SimulatedLink line, LongSupplier nanos) {
        this.line = line;
        this.nanos = nanos;
    }

    @Override
    public Optional<byte[]> get(String key) {
        line.pass();
        var kept = values.get(key);
        return kept == null || kept.until - nanos.getAsLong() <= 0 ? Optional.empty() : Optional.of(kept.value);
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
        line.pass();
        values.put(key, new Kept(value, nanos.getAsLong() + ttl.toNanos()));
    }

    @Override
    public void remove(String key) {
        line.pass();
        values.remove(key);
    }

    /** How many values it holds, those whose time is over included. */
    public int size() {
        return values.size();
    }

    private record Kept(byte[] value, long until) {}
}
