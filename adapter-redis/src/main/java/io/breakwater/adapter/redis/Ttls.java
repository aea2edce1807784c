package io.breakwater.adapter.redis;

import java.time.Duration;

/** Converts TTLs for Redis. */
final class Ttls {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Ttls() {}

    /** The TTL in milliseconds: at least 1, the shortest that Redis supports, and at most a year. */
    static long millis(Duration ttl) {
        return ttl.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(1, ttl.toMillis());
    }
}
