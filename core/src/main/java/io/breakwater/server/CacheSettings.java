package io.breakwater.server;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The policy of the result cache. The settings of a tool take precedence over it. {@link Capacity.Cache} sets the size
 * in memory.
 *
 * @param ttl the TTL of the results of the built-in packs
 * @param jitter the largest fraction by which a TTL is shortened at random, from 0 to below 1, so that results that
 *     were loaded together do not all expire together
 * @param maxResultBytes the size in bytes above which a result is not cached
 * @param staleWhileRevalidate the time after the TTL in which a stale result is returned while a refresh runs; zero for
 *     never
 * @param staleIfError the time after the TTL in which a stale result is returned if the load fails; zero for never
 * @param leaseWait how long a server waits for another server that loads the same result, before it loads the result
 *     itself
 * @param timeout the maximum time that one call waits for the shared tier in total
 * @param breakerPeriod the longest pause before the server tries the shared tier again after a failure or a slow
 *     response
 * @param tags the maximum number of tag versions in the memory of a server
 * @param refreshes the maximum number of concurrent refreshes
 */
public record CacheSettings(
        Duration ttl,
        double jitter,
        int maxResultBytes,
        Duration staleWhileRevalidate,
        Duration staleIfError,
        Duration leaseWait,
        Duration timeout,
        Duration breakerPeriod,
        int tags,
        int refreshes) {

    /**
     * The defaults: TTL 300 s less up to a tenth, results up to 1 MiB, stale-while-revalidate 30 s, stale-if-error 5
     * min, 3 s for a lease, 250 ms for the shared tier, breaker period 5 s, 100,000 tags and 16 refreshes.
     */
    public static final CacheSettings STANDARD = new CacheSettings(
            Duration.ofMinutes(5),
            0.1,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(3),
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            100_000,
            16);

    /** Refuses values out of range. */
    public CacheSettings {
        positive(ttl, "CacheSettings.ttl");
        check(jitter >= 0 && jitter < 1, "jitter must be at least 0 and below 1, but is " + jitter + ".");
        positive(maxResultBytes, "CacheSettings.maxResultBytes");
        notNegative(staleWhileRevalidate, "CacheSettings.staleWhileRevalidate");
        notNegative(staleIfError, "CacheSettings.staleIfError");
        notNegative(leaseWait, "CacheSettings.leaseWait");
        positive(timeout, "CacheSettings.timeout");
        positive(breakerPeriod, "CacheSettings.breakerPeriod");
        positive(tags, "CacheSettings.tags");
        positive(refreshes, "CacheSettings.refreshes");
    }

    /** Returns a copy with another TTL. */
    public CacheSettings withTtl(Duration ttl) {
        return new CacheSettings(
                ttl,
                jitter,
                maxResultBytes,
                staleWhileRevalidate,
                staleIfError,
                leaseWait,
                timeout,
                breakerPeriod,
                tags,
                refreshes);
    }

    /** Returns a copy with other times for stale results. */
    public CacheSettings withStale(Duration whileRevalidate, Duration ifError) {
        return new CacheSettings(
                ttl,
                jitter,
                maxResultBytes,
                whileRevalidate,
                ifError,
                leaseWait,
                timeout,
                breakerPeriod,
                tags,
                refreshes);
    }
}
