package io.breakwater.core.data.session;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Tasks;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tasks in the memory of this process; they end with it. A task reserves some bytes from its start, so that a result of
 * ordinary size fits when it ends.
 */
public final class MemoryTasks implements Tasks {
    private static final int MIN_WEIGHT = 1 << 10;
    private static final int MAX_MIN_WEIGHT = 16 << 10;

    private final ExpiringStore<Task> store;
    private final InstantSource clock;

    /** Creates a store with a capacity and a clock. */
    public MemoryTasks(CapacityLimiter capacity, InstantSource clock) {
        long minWeight = Math.clamp(capacity.averageBytes(), MIN_WEIGHT, MAX_MIN_WEIGHT);
        this.store = new ExpiringStore<>(capacity, task -> Math.max(minWeight, EntryWeight.of(task)));
        this.clock = clock;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public boolean create(Task task, CallContext context) {
        return store.put(task.id(), task.principal(), task, end(task.createdAt(), task.ttl()), clock.millis());
    }

    @Override
    public Optional<Task> find(String id, CallContext context) {
        return Optional.ofNullable(store.find(id, clock.millis())).map(ExpiringStore.Entry::value);
    }

    @Override
    public UpdateResult<Task> update(Task expected, Task changed, CallContext context) {
        var entry = store.find(expected.id(), clock.millis());
        return entry == null ? new UpdateResult.NotFound<>() : store.update(entry, expected, changed);
    }

    /** Returns the expiry time; a TTL that would overflow never expires. */
    private static long end(Instant start, Duration ttl) {
        try {
            return Math.addExact(start.toEpochMilli(), ttl.toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
