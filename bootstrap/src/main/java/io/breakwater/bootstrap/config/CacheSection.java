package io.breakwater.bootstrap.config;

import io.breakwater.server.CacheSettings;
import java.time.Duration;

/** Reads {@link CacheSettings} from a configuration. */
final class CacheSection {
    private static final CacheSettings STANDARD = CacheSettings.STANDARD;

    private static final Setting<Duration> TTL = Setting.duration("ttl", Duration.ofSeconds(1), Duration.ofDays(30))
            .byDefault(STANDARD.ttl())
            .alsoFrom("CACHE_TTL")
            .description("How long the built-in tools cache a result for equal calls.");

    private static final Setting<Double> JITTER = Setting.share("jitter")
            .byDefault(STANDARD.jitter())
            .description("The largest share by which a TTL is shortened at random, so that results that were"
                    + " loaded together do not expire together.");

    private static final Setting<Long> RESULT_BYTES = Setting.size("result-bytes", 1, 64 << 20)
            .byDefault((long) STANDARD.maxResultBytes())
            .description("The largest result that is cached.");

    private static final Setting<Duration> STALE_WHILE_REVALIDATE = time(
                    "stale-while-revalidate", STANDARD.staleWhileRevalidate())
            .description("How long after its TTL a stale result is returned while a refresh runs; 0s for never.");

    private static final Setting<Duration> STALE_IF_ERROR = time("stale-if-error", STANDARD.staleIfError())
            .description("How long after its TTL a stale result is returned when loading a new one fails; 0s for"
                    + " never.");

    private static final Setting<Duration> LEASE_WAIT = time("lease-wait", STANDARD.leaseWait())
            .description("How long a server waits for another server that loads the same result, before it loads the"
                    + " result itself.");

    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofSeconds(30))
            .byDefault(STANDARD.timeout())
            .description("How long one call waits for Redis in total; then it continues without Redis.");

    private static final Setting<Duration> BREAKER_PERIOD = Setting.duration(
                    "breaker-period", Duration.ofMillis(100), Duration.ofMinutes(10))
            .byDefault(STANDARD.breakerPeriod())
            .description("The maximum time without requests to Redis after it failed or was slow.");

    private static final Setting<Integer> TAGS = Setting.atLeast("tags", 1)
            .byDefault(STANDARD.tags())
            .description("How many tag versions are held in memory.");

    private static final Setting<Integer> REFRESHES = Setting.atLeast("refreshes", 1)
            .byDefault(STANDARD.refreshes())
            .description("How many refreshes run at the same time while stale results are returned.");

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
