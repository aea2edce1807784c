package io.breakwater.core.business.cache;

import java.time.Duration;

/**
 * The rules for the results in the cache.
 *
 * @param deployment the name of the group of servers that may share results
 * @param jitter the maximum share by which a TTL is shortened at random, from 0 to less than 1, so that results that
 *     are loaded together do not expire together
 * @param maxResultBytes the maximum size of a result; larger ones are not cached
 * @param loadTimeout the maximum time that a server waits for another server that loads the same result
 */
public record CachePolicy(String deployment, double jitter, int maxResultBytes, Duration loadTimeout) {}
