package io.breakwater.server.mcp;

import java.util.Locale;

/** Where a result came from. */
public enum CacheStatus {
    /** It was kept from an earlier call. */
    HIT,
    /** It was kept from an earlier call, and its time is over: a newer one is being made, or cannot be made. */
    STALE,
    /** It was made now, and is kept. */
    MISS,
    /** It was made now, and is not kept. */
    BYPASS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As results and metrics write it: lower case. */
    public String wire() {
        return wire;
    }
}
