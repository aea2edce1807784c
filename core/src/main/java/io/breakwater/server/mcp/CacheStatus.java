package io.breakwater.server.mcp;

import java.util.Locale;

/** The origin of a result. */
public enum CacheStatus {
    /** The result comes from the cache. */
    HIT,
    /** The result comes from the cache, and its TTL has passed: a refresh runs, or the load has failed. */
    STALE,
    /** The result was computed by this call, and is cached. */
    MISS,
    /** The result was computed by this call, and is not cached. */
    BYPASS;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** Returns the name in lower case, as it stands in results and metrics. */
    public String wireName() {
        return wireName;
    }
}
