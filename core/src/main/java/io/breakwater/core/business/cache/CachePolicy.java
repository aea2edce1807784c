package io.breakwater.core.business.cache;

import java.time.Duration;

/**
 * The policy of what is kept.
 *
 * @param deployment names the servers that may share results
 * @param jitter by what share at most a life is shortened at random, from 0 to below 1, so that results made together
 *     do not all end together
 * @param maxResultBytes larger results are not kept
 * @param patience how long a server waits for another one that makes the same result
 */
public record CachePolicy(String deployment, double jitter, int maxResultBytes, Duration patience) {}
