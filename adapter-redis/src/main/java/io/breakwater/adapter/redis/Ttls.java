package io.breakwater.adapter.redis;

import java.time.Duration;

/** How long a key lives, as Redis takes it. */
final class Ttls {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Ttls() {}

    /** In milliseconds: at least one, for Redis knows nothing shorter, and at most a year. */
    static long millis(Duration ttl) {
        return ttl.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : Math.max(1, ttl.toMillis());
    }
}
