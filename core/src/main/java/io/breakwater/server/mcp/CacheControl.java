package io.breakwater.server.mcp;

import java.time.Duration;

/**
 * How long a client may cache a resource, and whether it may share it between users. Only clients of revision
 * 2026-07-28 receive it; older revisions have no member for it.
 *
 * @param ttl the time for which the contents are fresh; zero for no caching
 * @param shared true if all principals read the same contents; false if the contents are for the reader alone
 */
public record CacheControl(Duration ttl, boolean shared) {
    /** No caching. */
    public static final CacheControl NONE = new CacheControl(Duration.ZERO, false);

    /** Refuses a negative TTL. */
    public CacheControl {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("The TTL of a cache control must not be negative: " + ttl);
        }
    }
}
