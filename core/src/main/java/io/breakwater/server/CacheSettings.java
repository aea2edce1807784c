package io.breakwater.server;

import java.time.Duration;

/**
 * The policy of the result cache. What a tool says of itself goes before it; the room in memory is {@link
 * Capacity.Cache}.
 *
 * @param ttl how long the packs that ship keep a result
 * @param jitter by what share at most a life is shortened at random, from 0 to below 1, so that results made together
 *     do not all end together
 * @param maxResultBytes larger results are not kept
 * @param staleWhileRevalidate for how long after its end a result is still given, while a newer one is made
 * @param staleIfError for how long after its end a result is given when no newer one can be made
 * @param leaseWait how long a server waits for another one that makes the same result, before it makes it itself
 * @param timeout how long one call waits at most for the tier behind the memory, all its questions together
 * @param breakerPeriod how long the tier behind the memory is left alone at most, after it failed or was slow, before
 *     it is asked again
 * @param tags how many tags a server remembers at a time
 * @param refreshes how many results may be made anew at a time while stale ones are given
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
     * 300 s less up to a tenth; 1 MiB; stale for 30 s, for 5 min after errors; waits 3 s for a lease and 250 ms for
     * answers, pauses 5 s.
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

    /** Refuses a policy that could keep nothing, or has no end. */
    public CacheSettings {
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException(
                    "The jitter of the cache is at least 0 and below 1, not " + jitter + ".");
        }
        if (maxResultBytes < 1 || tags < 1 || refreshes < 1) {
            throw new IllegalArgumentException("The cache needs room for a result of one byte, one tag, one refresh.");
        }
        if (!ttl.isPositive() || !timeout.isPositive() || !breakerPeriod.isPositive()) {
            throw new IllegalArgumentException(
                    "The cache needs a ttl, a timeout and a breaker period longer than nothing.");
        }
        if (staleWhileRevalidate.isNegative() || staleIfError.isNegative() || leaseWait.isNegative()) {
            throw new IllegalArgumentException("The cache cannot wait, or give stale results, for less than no time.");
        }
    }

    /** The same with results that live so long. */
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

    /** The same with other times for which a result is given after its end. */
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
