package io.breakwater.core.metrics;

import java.util.List;
import java.util.Locale;

/** An operation of a cache tier, with its outcome. */
public enum CacheOperation {
    /** A lookup found something. */
    HIT,
    /** A lookup found nothing. */
    MISS,
    /** A lookup found a stale result, which is returned. */
    STALE,
    /** The tier failed, or its entry could not be read. */
    ERROR,
    /** An entry was stored. */
    WRITE,
    /** An entry was removed because it had expired. */
    EXPIRY,
    /** An entry was removed because the tier was full. */
    EVICTION,
    /** A tag was invalidated. */
    INVALIDATION;

    static final List<CacheOperation> ALL = List.of(values());

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
