package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link UserStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryUserStore implements UserStore {
    private final ConcurrentNavigableMap<Long, User> users = new ConcurrentSkipListMap<>();
    private final SimulatedLink line;
    private final InstantSource clock;
    private final @Nullable MemoryIdempotencyStore keys;
    private long lastId; // guarded by this

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     * @param clock stamps what is kept
     */
    public MemoryUserStore(SimulatedLink line, InstantSource clock) {
        this(line, clock, null);
    }

    /** Creates an empty store that records idempotency keys there. */
    public MemoryUserStore(SimulatedLink line, InstantSource clock, @Nullable MemoryIdempotencyStore keys) {
        this.line = line;
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return keys != null;
    }

    private Optional<User> write(CallContext scope, Supplier<Optional<User>> effect) {
        line.pass();
        return keys == null ? effect.get() : keys.write(scope, effect);
    }

    @Override
    public User create(String name, String email, CallContext scope) {
        return write(scope, () -> Optional.of(added(name, email))).orElseThrow();
    }

    private synchronized User added(String name, String email) {
        free(email, null);
        var now = clock.instant();
        var user = new User(++lastId, name, email, 1, now, now);
        users.put(user.id(), user);
        return user;
    }

    @Override
    public Optional<User> find(long id, CallContext scope) {
        line.pass();
        return Optional.ofNullable(users.get(id));
    }

    @Override
    public Optional<User> update(long id, Change change, CallContext scope) {
        return write(scope, () -> changedIfCurrent(id, change));
    }

    private synchronized Optional<User> changedIfCurrent(long id, Change change) {
        return Optional.ofNullable(users.get(id))
                .filter(user -> change.version() == null || change.version() == user.version())
                .map(user -> changed(user, change));
    }

    private User changed(User user, Change change) {
        var email = change.email() == null ? user.email() : change.email();
        free(email, user.id());
        var name = change.name() == null ? user.name() : change.name();
        var changed = new User(user.id(), name, email, user.version() + 1, user.createdAt(), clock.instant());
        users.put(changed.id(), changed);
        return changed;
    }

    private void free(String email, @Nullable Long but) {
        var wanted = email.toLowerCase(Locale.ROOT);
        boolean taken = users.values().stream()
                .anyMatch(user -> (but == null || user.id() != but)
                        && user.email().toLowerCase(Locale.ROOT).equals(wanted));
        if (taken) {
            throw new PortException.RefusedException(
                    Reason.CONFLICT, "Another user has this email address already.", null);
        }
    }

    @Override
    public Optional<User> delete(long id, @Nullable Long version, CallContext scope) {
        return write(scope, () -> deletedIfCurrent(id, version));
    }

    private synchronized Optional<User> deletedIfCurrent(long id, @Nullable Long version) {
        var user =
                Optional.ofNullable(users.get(id)).filter(present -> version == null || version == present.version());
        user.ifPresent(present -> users.remove(present.id()));
        return user;
    }

    @Override
    public List<User> listAfter(long id, int limit, CallContext scope) {
        line.pass();
        return users.tailMap(id, false).values().stream().limit(limit).toList();
    }
}
