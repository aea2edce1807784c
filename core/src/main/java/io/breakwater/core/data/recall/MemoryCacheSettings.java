package io.breakwater.core.data.recall;

/**
 * The size of the cache in memory.
 *
 * @param maxEntries how many values at most
 * @param maxBytes how many bytes they may take together, keys and bookkeeping included
 */
public record MemoryCacheSettings(int maxEntries, long maxBytes) {
    private static final int ENTRIES = 10_000;
    private static final long BYTES = 100L << 20;

    /** Refuses a cache that holds nothing. */
    public MemoryCacheSettings {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("the cache in memory must hold at least one entry of one byte");
        }
    }

    /** 10,000 values in 100 MiB or an eighth of that heap, whichever is less. */
    public static MemoryCacheSettings forHeap(long heapBytes) {
        return new MemoryCacheSettings(ENTRIES, Math.max(1, Math.min(BYTES, heapBytes / 8)));
    }
}
