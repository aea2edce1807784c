package io.breakwater.core.business.cache;

import java.time.Duration;

/**
 * How long a result may be used.
 *
 * @param ttl the time for which the result is fresh
 * @param staleWhileRevalidate the time after the TTL in which the result is returned while a refresh runs
 * @param staleIfError the time after the TTL in which the result may replace an error
 */
public record EntryLifetime(Duration ttl, Duration staleWhileRevalidate, Duration staleIfError) {

    /** Returns the time after the TTL at which the entry expires. */
    Duration maxStale() {
        return staleWhileRevalidate.compareTo(staleIfError) > 0 ? staleWhileRevalidate : staleIfError;
    }

    Freshness freshness(CacheEntry entry, long now) {
        long over = now - entry.freshUntil();
        if (over < 0) {
            return Freshness.FRESH;
        }
        if (over < staleWhileRevalidate.toMillis()) {
            return Freshness.STALE;
        }
        return over < staleIfError.toMillis() ? Freshness.STALE_IF_ERROR : Freshness.EXPIRED;
    }
}
