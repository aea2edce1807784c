package io.breakwater.core.business.cache;

/**
 * A result that was found.
 *
 * @param result its bytes; not to be changed
 * @param freshness what it is good for; never {@link Freshness#SPENT}
 */
public record CacheHit(byte[] result, Freshness freshness) {}
