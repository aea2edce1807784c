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
 * The first tier: results in this process's memory, bounded in number and in size, each until its own end.
 *
 * <p>Caffeine bounds a cache by one measure only, so an entry weighs its bytes but at least its share of the room:
 * {@code maxBytes / maxEntries}. Neither bound can then be passed; many small entries beside a few large ones are
 * evicted a little early.
 */
public final class LocalTier {
    /** Roughly what an entry costs beside its bytes: key, headers, nodes of the map and of the timer wheel. */
    private static final int BOOKKEEPING = 200;

    private final Cache<CacheKey, CacheEntry> cache;
    private final CacheMeter meter;

    /**
     * An empty tier.
     *
     * @param maxEntries how many results at most
     * @param maxBytes how many bytes they may take together, bookkeeping included
     */
    public LocalTier(int maxEntries, long maxBytes, ServerExecutors lanes, CacheMeter meter) {
        long share = Math.ceilDiv(maxBytes, maxEntries);
        this.meter = meter;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((CacheKey key, CacheEntry kept) -> weight(kept, share))
                .expireAfter(Expiry.writing((CacheKey key, CacheEntry kept) ->
                        Duration.ofMillis(kept.until() - lanes.clock().millis())))
                .evictionListener((key, kept, cause) -> meter.record(operation(cause)))
                .executor(lanes.virtualThreads())
                .ticker(lanes::nanoTime)
                .build();
    }

    private static int weight(CacheEntry kept, long share) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(share, (long) BOOKKEEPING + kept.result().length));
    }

    private static CacheOperation operation(RemovalCause cause) {
        return cause == RemovalCause.EXPIRED ? CacheOperation.EXPIRY : CacheOperation.EVICTION;
    }

    @Nullable
    CacheEntry get(CacheKey key) {
        return cache.getIfPresent(key);
    }

    /** Keeps a result, unless there is a fresher one. */
    void put(CacheKey key, CacheEntry kept) {
        meter.record(CacheOperation.WRITE);
        cache.asMap().merge(key, kept, (one, other) -> one.freshUntil() > other.freshUntil() ? one : other);
    }

    /** Forgets everything. */
    public void clear() {
        cache.invalidateAll();
    }
}
