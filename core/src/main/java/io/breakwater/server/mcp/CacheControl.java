package io.breakwater.server.mcp;

import java.time.Duration;

/**
 * For how long a client may keep what it read, and whom it may give it to. Clients of 2026-07-28 are told; for the
 * others there is no way to tell.
 *
 * @param ttl for how long; zero for not at all
 * @param shared true when everybody reads the same; otherwise it is for the reader alone
 */
public record CacheControl(Duration ttl, boolean shared) {
    /** Not at all. */
    public static final CacheControl NONE = new CacheControl(Duration.ZERO, false);

    /** Refuses less than no time. */
    public CacheControl {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("nothing is kept for less than no time: " + ttl);
        }
    }
}
