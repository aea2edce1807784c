package io.breakwater.port.memory;

import io.breakwater.port.driven.NonceStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** {@link NonceStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryNonceStore implements NonceStore {
    private static final AtomicInteger STORES = new AtomicInteger();

    private final String identity = "memory " + STORES.incrementAndGet();
    private final Map<String, Long> used = new ConcurrentHashMap<>();
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

    @Override
    public boolean use(String nonce, Duration ttl) {
        line.pass();
        long now = nanos.getAsLong();
        var first = new AtomicBoolean();
        used.compute(nonce, (key, until) -> {
            first.set(until == null || until - now <= 0);
            return first.get() ? Long.valueOf(now + ttl.toNanos()) : until;
        });
        return first.get();
    }
}
