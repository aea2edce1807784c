package io.breakwater.bootstrap.config;

import io.breakwater.server.CacheSettings;
import java.time.Duration;

/** How {@link CacheSettings} are written in a configuration. */
final class CacheSection {
    private static final CacheSettings STANDARD = CacheSettings.STANDARD;

    private static final Setting<Duration> TTL = Setting.duration("ttl", Duration.ofSeconds(1), Duration.ofDays(30))
            .byDefault(STANDARD.ttl())
            .alsoFrom("CACHE_TTL")
            .means("How long the tools that ship keep a result for equal calls.");

    private static final Setting<Double> JITTER = Setting.share("jitter")
            .byDefault(STANDARD.jitter())
            .means("By what share at most a life is shortened at random, so that results made together do not all end"
                    + " together.");

    private static final Setting<Long> RESULT_BYTES = Setting.size("result-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.maxResultBytes())
            .means("Larger results are not kept.");

    private static final Setting<Duration> STALE_WHILE_REVALIDATE = time(
                    "stale-while-revalidate", STANDARD.staleWhileRevalidate())
            .means("For how long after its end a result is still given while a newer one is made; 0s for never.");

    private static final Setting<Duration> STALE_IF_ERROR = time("stale-if-error", STANDARD.staleIfError())
            .means("For how long after its end a result is given when no newer one can be made; 0s for never.");

    private static final Setting<Duration> LEASE_WAIT = time("lease-wait", STANDARD.leaseWait())
            .means("How long a server waits for another one that makes the same result, before it makes it itself.");

    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
            .byDefault(STANDARD.timeout())
            .means("How long one call waits for Redis at most, all its questions together; then it goes on without.");

    private static final Setting<Duration> BREAKER_PERIOD = Setting.duration(
                    "breaker-period", Duration.ofMillis(100), Duration.ofMinutes(10))
            .byDefault(STANDARD.breakerPeriod())
            .means("How long Redis is left alone at most, after it failed or was slow, before it is asked again.");

    private static final Setting<Integer> TAGS =
            Setting.atLeast("tags", 1).byDefault(STANDARD.tags()).means("How many tags are remembered at a time.");

    private static final Setting<Integer> REFRESHES = Setting.atLeast("refreshes", 1)
            .byDefault(STANDARD.refreshes())
            .means("How many results are made anew at a time while stale ones are given.");

    private CacheSection() {}

    static CacheSettings read(SectionReader cache) {
        return new CacheSettings(
                cache.get(TTL),
                Math.min(cache.get(JITTER), Math.nextDown(1.0)),
                Math.toIntExact(cache.get(RESULT_BYTES)),
                cache.get(STALE_WHILE_REVALIDATE),
                cache.get(STALE_IF_ERROR),
                cache.get(LEASE_WAIT),
                cache.get(TIMEOUT),
                cache.get(BREAKER_PERIOD),
                cache.get(TAGS),
                cache.get(REFRESHES));
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ZERO, Duration.ofDays(1)).byDefault(standard);
    }
}
