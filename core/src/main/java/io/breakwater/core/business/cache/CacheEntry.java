package io.breakwater.core.business.cache;

/**
 * A result in the cache, with its expiry times. Times are milliseconds since 1970, so that other servers can read them.
 *
 * @param result the bytes of the result; callers must not change them
 * @param freshUntil the time at which the result becomes stale
 * @param expiresAt the time at which the entry expires and cannot be used any more
 */
public record CacheEntry(byte[] result, long freshUntil, long expiresAt) {}
