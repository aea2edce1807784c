package io.breakwater.port.memory;

import io.breakwater.port.driven.Leases;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** {@link Leases} for tests. Replicas share them by sharing the object. Thread-safe. */
public final class MemoryLeases implements Leases {
    private final Map<String, Held> leases = new ConcurrentHashMap<>();
    private final SimulatedLink line;
    private final LongSupplier nanos;

    /**
     * None is taken.
     *
     * @param line passed by every operation
     * @param nanos the time, in nanoseconds from any origin
     */
    public MemoryLeases(SimulatedLink line, LongSupplier nanos) {
        this.line = line;
        this.nanos = nanos;
    }

    @Override
    public boolean acquire(String name, String holder, Duration ttl) {
        line.pass();
        long now = nanos.getAsLong();
        var mine = new Held(holder, now + ttl.toNanos());
        return leases.merge(name, mine, (held, wanted) -> held.isOf(holder) || held.isOver(now) ? wanted : held)
                .isOf(holder);
    }

    @Override
    public void release(String name, String holder) {
        line.pass();
        leases.computeIfPresent(name, (any, held) -> held.isOf(holder) ? null : held);
    }

    private record Held(String holder, long until) {
        boolean isOf(String other) {
            return holder.equals(other);
        }

        boolean isOver(long now) {
            return until - now <= 0;
        }
    }
}
