package io.breakwater.core.data.session;

import com.github.benmanes.caffeine.cache.Interner;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process. One that nobody uses for the idle time is gone. Clients declare one of few sets of
 * capabilities, so that sessions share those that are equal.
 */
public final class MemorySessions implements Sessions {
    private final ExpiringStore<Session> shelf;
    private final Interner<Json.Obj> capabilities = Interner.newWeakInterner();
    private final Interner<Json.Obj> clients = Interner.newWeakInterner();
    private final long idle;
    private final LongSupplier nanos;
    private final long origin;

    /** Within these limits and that idle time, as measured by that source of nanoseconds. */
    public MemorySessions(StoreLimits limits, Duration idle, LongSupplier nanos) {
        this.shelf = new ExpiringStore<>(limits.allowance(), EntryWeight::of);
        this.idle = idle.toNanos();
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    @Override
    public boolean create(Session session) {
        var now = now();
        return shelf.put(session.id(), session.principal(), lean(session), now + idle, now);
    }

    @Override
    public Optional<Session> find(String id) {
        var slot = used(id);
        return slot == null ? Optional.empty() : Optional.of(slot.value());
    }

    @Override
    public Optional<Session> update(String id, UnaryOperator<Session> change) {
        var slot = used(id);
        return slot == null ? Optional.empty() : Optional.of(shelf.change(slot, change));
    }

    @Override
    public boolean end(String id) {
        return shelf.remove(id, now());
    }

    @Override
    public long count() {
        return shelf.size(now());
    }

    private ExpiringStore.@Nullable Slot<Session> used(String id) {
        var now = now();
        var slot = shelf.find(id, now);
        if (slot != null) {
            slot.keepUntil(now + idle);
        }
        return slot;
    }

    private Session lean(Session session) {
        return new Session(
                session.id(),
                session.version(),
                session.principal(),
                capabilities.intern(session.capabilities()),
                clients.intern(session.client()),
                session.initialized(),
                session.logLevel(),
                session.subscriptions(),
                session.created());
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }
}
