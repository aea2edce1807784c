package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.OrderStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link OrderStore} for tests. Replicas share it by sharing the object. Thread-safe. */
public final class MemoryOrderStore implements OrderStore {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Map<String, Entry> entries = new HashMap<>(); // guarded by this
    private final SimulatedLink line;
    private final InstantSource clock;
    private long lastClaim; // guarded by this

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     * @param clock decides when a lease ends, and when an order is due or forgotten
     */
    public MemoryOrderStore(SimulatedLink line, InstantSource clock) {
        this.line = line;
        this.clock = clock;
    }

    private record Entry(
            String fingerprint,
            Progress progress,
            int attempts,
            String claim,
            Instant leaseEnd,
            Instant due,
            Instant created,
            Instant expires) {
        boolean ended() {
            return progress.stage() == Stage.ENDED;
        }

        Entry claimed(String id, Instant leaseEnd, Instant due) {
            return new Entry(fingerprint, progress, attempts, id, leaseEnd, due, created, expires);
        }

        Entry ended(Progress progress, Instant now, Instant expires) {
            return new Entry(fingerprint, progress, attempts, claim, now, now, created, expires);
        }

        Entry at(Progress progress, int attempts, Instant leaseEnd, Instant due) {
            return new Entry(fingerprint, progress, attempts, claim, leaseEnd, due, created, expires);
        }
    }

    /** Returns the number of orders. */
    public synchronized int size() {
        forget();
        return entries.size();
    }

    /** Returns the number of orders that have not ended. */
    public synchronized long unfinished() {
        return entries.values().stream().filter(entry -> !entry.ended()).count();
    }

    @Override
    public Start begin(IdempotencyKey key, Json.Obj details, Terms terms, CallContext context) {
        line.pass();
        synchronized (this) {
            forget();
            var entry = entries.computeIfAbsent(key.digest(), missing -> begun(key, details));
            if (!entry.fingerprint().equals(key.fingerprint())) {
                return new Start.OtherArguments();
            }
            if (entry.ended()) {
                return new Start.Ended(entry.progress().details());
            }
            var now = clock.instant();
            var rest = Duration.between(now, entry.leaseEnd());
            if (rest.isPositive()) {
                return new Start.InProgress(rest.compareTo(SOON) < 0 ? rest : SOON);
            }
            return new Start.Claimed(claim(key.digest(), entry, now.plus(terms.lease()), now.plus(terms.due())));
        }
    }

    private Entry begun(IdempotencyKey key, Json.Obj details) {
        var now = clock.instant();
        return new Entry(
                key.fingerprint(), new Progress(Stage.BEGUN, details), 0, "", now, now, now, now.plus(key.retention()));
    }

    private synchronized Claim claim(String digest, Entry entry, Instant leaseEnd, Instant due) {
        var id = Long.toString(++lastClaim);
        entries.put(digest, entry.claimed(id, leaseEnd, due));
        return new Claim(
                digest, id, entry.progress(), entry.attempts(), Duration.between(entry.created(), clock.instant()));
    }

    @Override
    public Optional<Claim> claimDue(Duration lease, CallContext context) {
        line.pass();
        synchronized (this) {
            var now = clock.instant();
            return entries.entrySet().stream()
                    .filter(each -> isDue(each.getValue(), now))
                    .min(Comparator.comparing(each -> each.getValue().due()))
                    .map(each -> claim(
                            each.getKey(),
                            each.getValue(),
                            now.plus(lease),
                            each.getValue().due()));
        }
    }

    private static boolean isDue(Entry entry, Instant now) {
        return !entry.ended() && !entry.due().isAfter(now) && !entry.leaseEnd().isAfter(now);
    }

    @Override
    public boolean save(Claim claim, Progress progress, Terms terms, CallContext context) {
        return change(claim, entry -> {
            var now = clock.instant();
            return entry.at(progress, entry.attempts(), now.plus(terms.lease()), now.plus(terms.due()));
        });
    }

    @Override
    public boolean postpone(Claim claim, Progress progress, Duration due, CallContext context) {
        return change(claim, entry -> {
            var now = clock.instant();
            return entry.at(progress, entry.attempts() + 1, now, now.plus(due));
        });
    }

    @Override
    public boolean end(Claim claim, Json.Obj details, CallContext context) {
        return change(claim, entry -> {
            var now = clock.instant();
            var retention = Duration.between(entry.created(), entry.expires());
            return entry.ended(new Progress(Stage.ENDED, details), now, now.plus(retention));
        });
    }

    @Override
    public boolean endUnresolved(Claim claim, Json.Obj details, CallContext context) {
        return change(claim, entry -> entry.ended(new Progress(Stage.ENDED, details), clock.instant(), Instant.MAX));
    }

    @Override
    public boolean remove(Claim claim, CallContext context) {
        return change(claim, entry -> null);
    }

    private boolean change(Claim claim, Function<Entry, @Nullable Entry> change) {
        line.pass();
        synchronized (this) {
            var entry = entries.get(claim.digest());
            if (entry == null || entry.ended() || !entry.claim().equals(claim.id())) {
                return false;
            }
            var changed = change.apply(entry);
            if (changed == null) {
                entries.remove(claim.digest());
            } else {
                entries.put(claim.digest(), changed);
            }
            return true;
        }
    }

    private void forget() {
        var now = clock.instant();
        entries.values().removeIf(entry -> entry.ended() && !entry.expires().isAfter(now));
    }
}
