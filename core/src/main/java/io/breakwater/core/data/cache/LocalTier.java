package io.breakwater.core.data.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The local tier of the cache: results in the memory of this process, limited in number and in size. Each entry stays
 * until it expires.
 *
 * <p>Caffeine limits a cache by one measure only, so the weight of an entry is its size, but at least {@code maxBytes /
 * maxEntries}. This keeps both limits; a mix of many small and a few large entries is evicted a little early.
 */
public final class LocalTier {
    /**
     * The approximate memory of an entry beside its bytes: key, object headers, nodes of the map and of the timer
     * wheel.
     */
    private static final int OVERHEAD = 200;

    private final Cache<CacheKey, CacheEntry> cache;
    private final CacheMeter meter;

    /**
     * Creates an empty tier.
     *
     * @param maxEntries the maximum number of results
     * @param maxBytes the maximum memory of all results, in bytes, overhead included
     */
    public LocalTier(int maxEntries, long maxBytes, ServerExecutors executors, CacheMeter meter) {
        long minWeight = Math.ceilDiv(maxBytes, maxEntries);
        this.meter = meter;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, CacheEntry entry) -> weight(entry, minWeight))
                .expireAfter(Expiry.writing((CacheKey key, CacheEntry entry) ->
                        Duration.ofMillis(entry.expiresAt() - executors.clock().millis())))
                .evictionListener((key, entry, cause) -> meter.record(operation(cause)))
                .executor(executors.virtualThreads())
                .ticker(executors::nanoTime)
                .build();
    }

    private static int weight(CacheEntry entry, long minWeight) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(minWeight, (long) OVERHEAD + entry.result().length));
    }

    private static CacheOperation operation(RemovalCause cause) {
        return cause == RemovalCause.EXPIRED ? CacheOperation.EXPIRY : CacheOperation.EVICTION;
    }

    @Nullable
    CacheEntry get(CacheKey key) {
        return cache.getIfPresent(key);
    }

    /** Stores a result, unless the tier has one that stays fresh for longer. */
    void put(CacheKey key, CacheEntry entry) {
        meter.record(CacheOperation.WRITE);
        cache.asMap().merge(key, entry, (one, other) -> one.freshUntil() > other.freshUntil() ? one : other);
    }

    /** Removes all entries. */
    public void clear() {
        cache.invalidateAll();
    }
}
