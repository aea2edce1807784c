package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.business.cache.CacheTiers;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The two tiers: memory, and what lies beyond the process. A result that is found in the second fills the first. Of the
 * servers that miss the same result, the one with the lease makes it, and the others wait for it for a while.
 */
public final class TwoTierCache implements CacheTiers {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final LocalTier memory;
    private final SharedTier beyond;
    private final Settings settings;
    private final ServerExecutors lanes;
    private final CacheMeter meter;
    private final Set<CacheKey> held = ConcurrentHashMap.newKeySet();

    /** These two; the meter counts what the second one does. */
    public TwoTierCache(
            LocalTier memory, SharedTier beyond, Settings settings, ServerExecutors lanes, CacheMeter meter) {
        this.memory = memory;
        this.beyond = beyond;
        this.settings = settings;
        this.lanes = lanes;
        this.meter = meter;
    }

    /**
     * The policy between servers.
     *
     * @param holder who this server is to those who give leases; unguessable
     * @param lease how long the others leave it to the one with the lease; zero for no leases
     * @param maxResultBytes what is larger was not written by us
     */
    public record Settings(String holder, Duration lease, int maxResultBytes) {}

    @Override
    public @Nullable CacheEntry getLocal(CacheKey key) {
        return memory.get(key);
    }

    @Override
    public boolean hasRemote() {
        return beyond.stores();
    }

    @Override
    public @Nullable CacheEntry getRemote(CacheKey key, Predicate<CacheEntry> wanted, Duration patience)
            throws InterruptedException {
        if (!beyond.stores()) {
            return null;
        }
        var calm = beyond.tier().patience();
        try {
            var kept = fetch(key, wanted, calm);
            return kept != null || lease(key, calm) ? kept : await(key, wanted, patience, calm);
        } catch (SharedTierUnavailableException e) {
            return null;
        }
    }

    /** Growing pauses until the lease is free: then its holder has put the result there, or has given up. */
    private @Nullable CacheEntry await(CacheKey key, Predicate<CacheEntry> wanted, Duration patience, TimeBudget calm)
            throws InterruptedException, SharedTierUnavailableException {
        long began = lanes.nanoTime();
        var pause = FIRST_PAUSE;
        while (lanes.nanoTime() - began < patience.toNanos()) {
            pause(pause);
            if (lease(key, calm)) {
                return fetch(key, wanted, calm);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return null;
    }

    private void pause(Duration time) throws InterruptedException {
        var over = new CountDownLatch(1);
        var alarm = lanes.schedule(time, over::countDown);
        try {
            over.await();
        } finally {
            alarm.cancel();
        }
    }

    @Override
    public boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) throws InterruptedException {
        if (!beyond.stores()) {
            return true;
        }
        var calm = beyond.tier().patience();
        try {
            return fetch(key, wanted, calm) == null && lease(key, calm);
        } catch (SharedTierUnavailableException e) {
            return true;
        }
    }

    /** What the second tier has, if it is wanted; the first tier has it then, too. */
    private @Nullable CacheEntry fetch(CacheKey key, Predicate<CacheEntry> wanted, TimeBudget calm)
            throws InterruptedException, SharedTierUnavailableException {
        var stored = beyond.tier().call(calm, () -> beyond.store().get(StoredResult.name(key)));
        var kept = stored.isEmpty() ? null : StoredResult.read(key, stored.get(), settings.maxResultBytes());
        if (kept == null || kept.until() <= lanes.clock().millis()) {
            meter.record(kept == null && stored.isPresent() ? CacheOperation.ERROR : CacheOperation.MISS);
            return null;
        }
        memory.put(key, kept);
        boolean good = wanted.test(kept);
        meter.record(good ? CacheOperation.HIT : CacheOperation.STALE);
        return good ? kept : null;
    }

    /** True when it is for this server to make the result. */
    private boolean lease(CacheKey key, TimeBudget calm) throws InterruptedException, SharedTierUnavailableException {
        var leases = beyond.ports().leases();
        if (leases == null || settings.lease().isZero()) {
            return true;
        }
        boolean got =
                beyond.tier().call(calm, () -> leases.acquire(leaseName(key), settings.holder(), settings.lease()));
        if (got) {
            held.add(key);
        }
        return got;
    }

    @Override
    public void put(CacheKey key, CacheEntry kept) {
        memory.put(key, kept);
        boolean leased = held.remove(key);
        if (beyond.stores()) {
            var ttl = Duration.ofMillis(kept.until() - lanes.clock().millis());
            beyond.tier().later(() -> {
                beyond.store().put(StoredResult.name(key), StoredResult.write(key, kept), ttl);
                meter.record(CacheOperation.WRITE);
                return !leased || release(key);
            });
        }
    }

    @Override
    public void releaseLease(CacheKey key) {
        if (held.remove(key)) {
            beyond.tier().later(() -> release(key));
        }
    }

    private boolean release(CacheKey key) {
        Objects.requireNonNull(beyond.ports().leases()).release(leaseName(key), settings.holder());
        return true;
    }

    private static String leaseName(CacheKey key) {
        return "load:" + key.hex();
    }
}
