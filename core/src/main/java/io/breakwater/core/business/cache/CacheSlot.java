package io.breakwater.core.business.cache;

/**
 * Where the answer to a question is kept.
 *
 * @param key under which key
 * @param generations of its tags when the key was made
 * @param life for how long it is given
 */
public record CacheSlot(CacheKey key, TagVersions generations, EntryLifetime life) {}
