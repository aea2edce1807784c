package io.breakwater.core.data.recall;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.breakwater.port.driven.CacheStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The first tier: bytes in this process's memory, bounded in number and in size, each with a life of its own.
 *
 * <p>Caffeine bounds a cache by one measure only, so an entry weighs its bytes but at least its share of the room: {@code
 * maxBytes / maxEntries}. Neither bound can then be passed; many small entries beside a few large ones are evicted a
 * little early.
 */
public final class MemoryCacheStore implements CacheStore {
    /** Roughly what an entry costs beside its characters and bytes: headers, nodes of the map and of the timer wheel. */
    private static final int BOOKKEEPING = 200;

    private final Cache<String, Kept> cache;

    /**
     * An empty store.
     *
     * @param settings its size
     * @param executor where it tidies up; never blocked for long
     * @param ticker nanoseconds from any origin, from which lives are measured
     */
    public MemoryCacheStore(MemoryCacheSettings settings, Executor executor, Ticker ticker) {
        long share = Math.ceilDiv(settings.maxBytes(), settings.maxEntries());
        this.cache = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((String key, Kept kept) -> weight(key, kept, share))
                .expireAfter(Expiry.writing((String key, Kept kept) -> kept.ttl()))
                .executor(executor)
                .ticker(ticker)
                .build();
    }

    private static int weight(String key, Kept kept, long share) {
        long bytes = (long) BOOKKEEPING + key.length() + kept.value().length;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(share, bytes));
    }

    @Override
    public Optional<byte[]> get(String key) {
        var kept = cache.getIfPresent(key);
        return kept == null ? Optional.empty() : Optional.of(kept.value());
    }

    @Override
    public void put(String key, byte[] value, Duration ttl) {
        if (ttl.isPositive()) {
            cache.put(key, new Kept(value, ttl));
        } else {
            cache.invalidate(key);
        }
    }

    @Override
    public void remove(String key) {
        cache.invalidate(key);
    }

    private record Kept(byte[] value, Duration ttl) {}
}
