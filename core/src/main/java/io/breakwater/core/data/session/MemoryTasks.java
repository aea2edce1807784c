package io.breakwater.core.data.session;

import io.breakwater.port.driven.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tasks in this process; they end with it. A task takes some room from its beginning, so that there is room for a
 * result of an ordinary size when it ends.
 */
public final class MemoryTasks implements Tasks {
    private static final int LEAST_ROOM = 1 << 10;
    private static final int ORDINARY_RESULT = 16 << 10;

    private final ExpiringStore<Task> shelf;
    private final InstantSource clock;

    /** Within these limits, by that clock. */
    public MemoryTasks(StoreLimits limits, InstantSource clock) {
        long room = Math.clamp(limits.bytes() / limits.total(), LEAST_ROOM, ORDINARY_RESULT);
        this.shelf = new ExpiringStore<>(limits.allowance(), task -> Math.max(room, EntryWeight.of(task)));
        this.clock = clock;
    }

    @Override
    public boolean create(Task task) {
        return shelf.put(task.id(), task.principal(), task, end(task.createdAt(), task.ttl()), clock.millis());
    }

    @Override
    public Optional<Task> find(String id) {
        return Optional.ofNullable(shelf.find(id, clock.millis())).map(ExpiringStore.Slot::value);
    }

    @Override
    public Optional<Task> update(String id, UnaryOperator<Task> change) {
        return Optional.ofNullable(shelf.find(id, clock.millis()))
                .map(slot -> shelf.change(slot, task -> task.status().terminal() ? task : change.apply(task)));
    }

    /** A time to live that is too long to add means for ever. */
    private static long end(Instant start, Duration ttl) {
        try {
            return Math.addExact(start.toEpochMilli(), ttl.toMillis());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }
}
