package io.breakwater.port.memory;

import io.breakwater.port.driven.NonceStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** {@link NonceStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryNonceStore implements NonceStore {
    private static final AtomicInteger STORES = new AtomicInteger();

    private final String identity = "memory " + STORES.incrementAndGet();
    private final Map<String, Use> used = new ConcurrentHashMap<>();
    private final SimulatedLink line;
    private final LongSupplier nanos;

    /**
     * No nonce is used.
     *
     * @param line passed by every operation
     * @param nanos the time, in nanoseconds from any origin
     */
    public MemoryNonceStore(SimulatedLink line, LongSupplier nanos) {
        this.line = line;
        this.nanos = nanos;
    }

    @Override
    public String identity() {
        return identity;
    }

    private record Use(String name, long until) {}

    @Override
    public boolean use(String nonce, String use, Duration ttl) {
        line.pass();
        long now = nanos.getAsLong();
        var recorded = used.compute(
                nonce,
                (key, present) ->
                        present == null || present.until() - now <= 0 ? new Use(use, now + ttl.toNanos()) : present);
        return recorded.name().equals(use);
    }
}
