package io.breakwater.core.business.cache;

/**
 * What is kept under a key. Times are milliseconds since 1970, so that other servers can read them.
 *
 * @param result its bytes; not to be changed
 * @param freshUntil when it becomes stale
 * @param until when it is of no use to anybody any more
 */
public record CacheEntry(byte[] result, long freshUntil, long until) {}
