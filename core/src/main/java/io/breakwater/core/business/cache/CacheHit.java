package io.breakwater.core.business.cache;

/**
 * A result that a lookup found.
 *
 * @param result the bytes of the result; callers must not change them
 * @param freshness how the result may be used; never {@link Freshness#EXPIRED}
 */
public record CacheHit(byte[] result, Freshness freshness) {}
