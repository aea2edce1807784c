package io.breakwater.core.metrics;

import java.util.List;
import java.util.Locale;

/** What a cache tier does. */
public enum CacheOperation {
    /** A lookup found something. */
    HIT,
    /** A lookup found nothing. */
    MISS,
    /** A lookup found something whose time is over, and that is given all the same. */
    STALE,
    /** The tier failed, or held what nobody can read. */
    ERROR,
    /** Something was put in. */
    WRITE,
    /** Something was taken out because its time was over. */
    EXPIRY,
    /** Something was taken out to make room. */
    EVICTION,
    /** Something was taken out because it is no longer true. */
    INVALIDATION;

    static final List<CacheOperation> ALL = List.of(values());

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
