package io.breakwater.core.business.cache;

import java.time.Duration;

/**
 * For how long a result is given.
 *
 * @param ttl while it is fresh
 * @param staleWhileRevalidate after that, while a newer one is made
 * @param staleIfError after that, when no newer one can be made
 */
public record EntryLifetime(Duration ttl, Duration staleWhileRevalidate, Duration staleIfError) {

    /** For how long after its end a result is of use to anybody. */
    Duration stale() {
        return staleWhileRevalidate.compareTo(staleIfError) > 0 ? staleWhileRevalidate : staleIfError;
    }

    Freshness of(CacheEntry kept, long now) {
        long over = now - kept.freshUntil();
        if (over < 0) {
            return Freshness.FRESH;
        }
        if (over < staleWhileRevalidate.toMillis()) {
            return Freshness.STALE;
        }
        return over < staleIfError.toMillis() ? Freshness.LAST_RESORT : Freshness.SPENT;
    }
}
