package io.breakwater.core.business.cache;

/**
 * The position of a result in the cache.
 *
 * @param key the key of the result
 * @param versions the versions of the result's tags when the key was computed
 * @param lifetime how long the result may be used
 */
public record CacheSlot(CacheKey key, TagVersions versions, EntryLifetime lifetime) {}
