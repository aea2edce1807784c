package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.IdempotentWrite;
import io.breakwater.port.Json;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.IdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@link IdempotencyStore} for tests, which also records the writes of {@link MemoryUserStore} and {@link
 * MemoryDocumentStore}. Replicas share it by sharing the object. Thread-safe.
 */
public final class MemoryIdempotencyStore implements IdempotencyStore {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** The recorded result of a write, whose form only its store knows. */
    private static final Json.Raw WRITTEN = new Json.Raw("{}".getBytes(StandardCharsets.UTF_8));

    private final Map<String, Entry> entries = new HashMap<>(); // guarded by this
    private final SimulatedLink line;
    private final InstantSource clock;
    private long lastClaim; // guarded by this

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     * @param clock decides when a lease and a key end
     */
    public MemoryIdempotencyStore(SimulatedLink line, InstantSource clock) {
        this.line = line;
        this.clock = clock;
    }

    private record Entry(
            String fingerprint,
            Instant expires,
            @Nullable String claim,
            Instant leaseEnd,
            Claim.@Nullable Finished result,
            @Nullable Object written) {
        Entry ended(Instant leaseEnd, Claim.@Nullable Finished result) {
            return new Entry(fingerprint, expires, claim, leaseEnd, result, null);
        }

        Entry renewed(Instant leaseEnd) {
            var latest = leaseEnd.isAfter(expires) ? leaseEnd : expires;
            return new Entry(fingerprint, latest, claim, leaseEnd, null, null);
        }

        Entry claimed(String claim, Instant leaseEnd) {
            return new Entry(fingerprint, expires, claim, leaseEnd, null, null);
        }
    }

    /** The number of keys that have not expired. */
    public synchronized int size() {
        forget();
        return entries.size();
    }

    @Override
    public Claim claim(IdempotencyKey key, Duration lease, CallContext scope) {
        line.pass();
        synchronized (this) {
            forget();
            var entry = entries.get(key.digest());
            if (entry == null) {
                var claim = Long.toString(++lastClaim);
                entries.put(key.digest(), started(key, claim, lease));
                return new Claim.Granted(claim);
            }
            return repeated(entry, key);
        }
    }

    private Entry started(IdempotencyKey key, @Nullable String claim, Duration lease) {
        var now = clock.instant();
        return new Entry(key.fingerprint(), now.plus(key.retention()), claim, now.plus(lease), null, null);
    }

    @Override
    public Optional<Claim.Earlier> find(IdempotencyKey key, CallContext scope) {
        line.pass();
        synchronized (this) {
            forget();
            return Optional.ofNullable(entries.get(key.digest())).map(entry -> repeated(entry, key));
        }
    }

    private Claim.Earlier repeated(Entry entry, IdempotencyKey key) {
        if (!entry.fingerprint().equals(key.fingerprint())) {
            return new Claim.OtherArguments();
        }
        if (entry.result() != null) {
            return entry.result();
        }
        if (entry.written() != null) {
            return new Claim.Finished(Optional.of(WRITTEN));
        }
        var rest = Duration.between(clock.instant(), entry.leaseEnd());
        return rest.isPositive()
                ? new Claim.InProgress(rest.compareTo(SOON) < 0 ? rest : SOON)
                : new Claim.OutcomeUnknown();
    }

    @Override
    public Optional<Claim.Granted> resume(
            IdempotencyKey key, Claim.Granted earlier, Duration lease, CallContext scope) {
        line.pass();
        synchronized (this) {
            forget();
            var entry = entries.get(key.digest());
            if (entry == null || !isHeld(entry, earlier)) {
                return Optional.empty();
            }
            var claim = Long.toString(++lastClaim);
            entries.put(key.digest(), entry.claimed(claim, clock.instant().plus(lease)));
            return Optional.of(new Claim.Granted(claim));
        }
    }

    private static boolean isHeld(Entry entry, Claim.Granted claim) {
        return claim.id().equals(entry.claim()) && entry.result() == null;
    }

    @Override
    public void renew(IdempotencyKey key, Claim.Granted claim, Duration lease, CallContext scope) {
        change(key, claim, entry -> entry.renewed(clock.instant().plus(lease)));
    }

    @Override
    public void complete(IdempotencyKey key, Claim.Granted claim, Optional<Json.Raw> result, CallContext scope) {
        change(key, claim, entry -> entry.ended(entry.leaseEnd(), new Claim.Finished(result)));
    }

    @Override
    public void abandon(IdempotencyKey key, Claim.Granted claim, CallContext scope) {
        change(key, claim, entry -> entry.ended(clock.instant(), null));
    }

    private void change(IdempotencyKey key, Claim.Granted claim, UnaryOperator<Entry> change) {
        line.pass();
        synchronized (this) {
            entries.computeIfPresent(
                    key.digest(), (digest, entry) -> isHeld(entry, claim) ? change.apply(entry) : entry);
        }
    }

    @Override
    public void release(IdempotencyKey key, Claim.Granted claim, CallContext scope) {
        line.pass();
        synchronized (this) {
            entries.values().removeIf(entry -> isHeld(entry, claim));
        }
    }

    /** Runs a write of the call, and records it if it has a result. */
    <T> Optional<T> write(CallContext scope, Supplier<Optional<T>> effect) {
        var write = scope.idempotentWrite();
        if (write == null) {
            return effect.get();
        }
        var key = write.start();
        Entry before = begin(key, write);
        if (before != null) {
            write.onReplayed();
            return recorded(before);
        }
        var result = Optional.<T>empty();
        try {
            result = effect.get();
            return result;
        } finally {
            end(key, result.orElse(null));
        }
    }

    private synchronized @Nullable Entry begin(IdempotencyKey key, IdempotentWrite write) {
        forget();
        var entry = entries.get(key.digest());
        if (entry == null) {
            write.beginEffect();
            entries.put(key.digest(), started(key, null, SOON));
            return null;
        }
        if (entry.written() == null) {
            throw IdempotencyException.inProgress(SOON);
        }
        if (!entry.fingerprint().equals(key.fingerprint())) {
            throw IdempotencyException.otherArguments();
        }
        return entry;
    }

    private synchronized void end(IdempotencyKey key, @Nullable Object written) {
        if (written == null) {
            entries.remove(key.digest());
        } else {
            var now = clock.instant();
            entries.put(
                    key.digest(), new Entry(key.fingerprint(), now.plus(key.retention()), null, now, null, written));
        }
    }

    @SuppressWarnings("unchecked") // a key belongs to one tool, and a tool writes one kind of object
    private static <T> Optional<T> recorded(Entry entry) {
        return Optional.ofNullable((T) entry.written());
    }

    private synchronized void forget() {
        var now = clock.instant();
        entries.values().removeIf(entry -> !entry.expires().isAfter(now));
    }
}
