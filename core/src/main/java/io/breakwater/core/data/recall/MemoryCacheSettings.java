package io.breakwater.core.data.recall;

/**
 * The size of the cache in memory.
 *
 * @param maxEntries how many values at most
 * @param maxBytes how many bytes they may take together, keys and bookkeeping included
 */
public record MemoryCacheSettings(int maxEntries, long maxBytes) {
    /** Refuses a cache that holds nothing. */
    public MemoryCacheSettings {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("the cache in memory must hold at least one entry of one byte");
        }
    }
}
