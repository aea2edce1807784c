package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.business.cache.CacheTiers;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.port.support.Backoff;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The two tiers of the cache: local memory and the shared tier. A result from the shared tier is copied to the local
 * tier. Of the servers that miss the same result, the one with the lease loads it, and the others wait for it for a
 * limited time.
 */
public final class TwoTierCache implements CacheTiers {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final LocalTier localTier;
    private final SharedTier sharedTier;
    private final SharedTierSettings settings;
    private final ServerExecutors executors;
    private final CacheMeter meter;
    private final Set<CacheKey> heldLeases = ConcurrentHashMap.newKeySet();

    /** Creates a cache over two tiers; the meter counts the operations of the shared tier. */
    public TwoTierCache(
            LocalTier localTier,
            SharedTier sharedTier,
            SharedTierSettings settings,
            ServerExecutors executors,
            CacheMeter meter) {
        this.localTier = localTier;
        this.sharedTier = sharedTier;
        this.settings = settings;
        this.executors = executors;
        this.meter = meter;
    }

    @Override
    public @Nullable CacheEntry getLocal(CacheKey key) {
        return localTier.get(key);
    }

    @Override
    public boolean hasSharedTier() {
        return sharedTier.isAvailable();
    }

    @Override
    public @Nullable CacheEntry getShared(CacheKey key, Predicate<CacheEntry> wanted, Duration loadTimeout)
            throws InterruptedException {
        if (!sharedTier.isAvailable()) {
            return null;
        }
        var budget = sharedTier.tier().newBudget();
        try {
            var entry = fetch(key, wanted, budget);
            return entry != null || lease(key, budget) ? entry : await(key, wanted, loadTimeout, budget);
        } catch (SharedTierUnavailableException e) {
            return null;
        }
    }

    /** Waits with growing pauses until the lease is free: its holder has then stored the result, or has given up. */
    private @Nullable CacheEntry await(
            CacheKey key, Predicate<CacheEntry> wanted, Duration loadTimeout, TimeBudget budget)
            throws InterruptedException, SharedTierUnavailableException {
        long began = executors.nanoTime();
        var pause = FIRST_PAUSE;
        while (executors.nanoTime() - began < loadTimeout.toNanos()) {
            pause(pause);
            if (lease(key, budget)) {
                return fetch(key, wanted, budget);
            }
            pause = Backoff.next(pause, LONGEST_PAUSE);
        }
        return null;
    }

    private void pause(Duration time) throws InterruptedException {
        var elapsed = new CountDownLatch(1);
        var timer = executors.schedule(time, elapsed::countDown);
        try {
            elapsed.await();
        } finally {
            timer.cancel();
        }
    }

    @Override
    public boolean tryLease(CacheKey key, Predicate<CacheEntry> wanted) throws InterruptedException {
        if (!sharedTier.isAvailable()) {
            return true;
        }
        var budget = sharedTier.tier().newBudget();
        try {
            return fetch(key, wanted, budget) == null && lease(key, budget);
        } catch (SharedTierUnavailableException e) {
            return true;
        }
    }

    /** Returns the result in the shared tier, if it is wanted, and copies it to the local tier. */
    private @Nullable CacheEntry fetch(CacheKey key, Predicate<CacheEntry> wanted, TimeBudget budget)
            throws InterruptedException, SharedTierUnavailableException {
        var stored = sharedTier.tier().call(budget, () -> sharedTier.store().get(StoredResult.name(key)));
        var entry = stored.isEmpty() ? null : StoredResult.read(key, stored.get(), settings.maxResultBytes());
        if (entry == null || entry.expiresAt() <= executors.clock().millis()) {
            meter.record(entry == null && stored.isPresent() ? CacheOperation.ERROR : CacheOperation.MISS);
            return null;
        }
        localTier.put(key, entry);
        boolean isWanted = wanted.test(entry);
        meter.record(isWanted ? CacheOperation.HIT : CacheOperation.STALE);
        return isWanted ? entry : null;
    }

    /** Returns true if this server should load the result. */
    private boolean lease(CacheKey key, TimeBudget budget) throws InterruptedException, SharedTierUnavailableException {
        var leases = sharedTier.ports().leases();
        if (leases == null || settings.lease().isZero()) {
            return true;
        }
        boolean acquired = sharedTier
                .tier()
                .call(budget, () -> leases.acquire(leaseName(key), settings.holder(), settings.lease()));
        if (acquired) {
            heldLeases.add(key);
        }
        return acquired;
    }

    @Override
    public void put(CacheKey key, CacheEntry entry) {
        localTier.put(key, entry);
        boolean leased = heldLeases.remove(key);
        if (sharedTier.isAvailable()) {
            var ttl = Duration.ofMillis(entry.expiresAt() - executors.clock().millis());
            sharedTier.tier().runInBackground(() -> {
                sharedTier.store().put(StoredResult.name(key), StoredResult.write(key, entry), ttl);
                meter.record(CacheOperation.WRITE);
                return !leased || release(key);
            });
        }
    }

    @Override
    public void clearLocal() {
        localTier.clear();
    }

    @Override
    public void releaseLease(CacheKey key) {
        if (heldLeases.remove(key)) {
            sharedTier.tier().runInBackground(() -> release(key));
        }
    }

    private boolean release(CacheKey key) {
        Objects.requireNonNull(sharedTier.ports().leases()).release(leaseName(key), settings.holder());
        return true;
    }

    private static String leaseName(CacheKey key) {
        return "load:" + key.hex();
    }
}
