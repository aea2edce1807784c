package io.breakwater.core.data.session;

import com.github.benmanes.caffeine.cache.Interner;
import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.UpdateResult;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the memory of this process. A session ends when it is not used for the idle time. Many clients declare
 * equal capabilities, so that sessions share equal objects.
 */
@OutageBehavior(
        guard = "sessions",
        dependency = GuardDependency.MEMORY,
        failure = "full of sessions",
        effect = OutageEffect.DENY,
        behavior = "`initialize` gets 503. Sessions that exist continue.",
        recovery = "Idle sessions end by themselves.",
        signal = "`mcp_active_sessions`",
        details = "http.md#sessions-and-their-streams")
@OutageBehavior(
        guard = "sessions",
        dependency = GuardDependency.PROCESS,
        failure = "restarted",
        effect = OutageEffect.DENY,
        behavior = "The sessions are gone: a message of an old session gets 404.",
        recovery = "The client begins a new session.",
        signal = "`mcp_active_sessions`",
        details = "http.md#sessions-and-their-streams")
public final class MemorySessions implements Sessions {
    private final ExpiringStore<Session> store;
    private final Interner<Json.Obj> capabilities = Interner.newWeakInterner();
    private final Interner<Json.Obj> clients = Interner.newWeakInterner();
    private final long idle;
    private final LongSupplier nanos;
    private final long origin;

    /** Creates a store with a capacity and an idle time, measured by a source of nanoseconds. */
    public MemorySessions(CapacityLimiter capacity, Duration idle, LongSupplier nanos) {
        this.store = new ExpiringStore<>(capacity, EntryWeight::of);
        this.idle = idle.toNanos();
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public Duration idleTimeout() {
        return Duration.ofNanos(idle);
    }

    @Override
    public boolean create(Session session, CallContext context) {
        var now = now();
        return store.put(session.id(), session.principal(), interned(session), now + idle, now);
    }

    @Override
    public Optional<Session> find(String id, CallContext context) {
        var entry = touch(id);
        return entry == null ? Optional.empty() : Optional.of(entry.value());
    }

    @Override
    public UpdateResult<Session> update(Session expected, Session changed, CallContext context) {
        var entry = touch(expected.id());
        return entry == null ? new UpdateResult.NotFound<>() : store.update(entry, expected, changed);
    }

    @Override
    public boolean end(String id, CallContext context) {
        return store.remove(id, now());
    }

    @Override
    public Set<String> renew(Collection<String> ids, CallContext context) {
        return ids.stream().filter(id -> touch(id) != null).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> subscribers(String uri, Collection<String> ids, CallContext context) {
        var now = now();
        return ids.stream().filter(id -> subscribes(store.find(id, now), uri)).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean subscribes(ExpiringStore.@Nullable Entry<Session> entry, String uri) {
        return entry != null && entry.value().subscriptions().contains(uri);
    }

    @Override
    public List<Session> list(int max, CallContext context) {
        return store.values(now()).limit(max).toList();
    }

    @Override
    public long count() {
        return store.size(now());
    }

    private ExpiringStore.@Nullable Entry<Session> touch(String id) {
        var now = now();
        var entry = store.find(id, now);
        if (entry != null) {
            entry.extendTo(now + idle);
        }
        return entry;
    }

    private Session interned(Session session) {
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
