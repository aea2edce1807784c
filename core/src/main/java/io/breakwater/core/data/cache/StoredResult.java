package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import org.jspecify.annotations.Nullable;

/** How a result is written: when it becomes stale, when it ends, and its bytes. */
final class StoredResult {
    private static final String KIND = "BWR2";
    private static final int TIMES = 2 * Long.BYTES;

    private StoredResult() {}

    static String name(CacheKey key) {
        return "result:" + key.hex();
    }

    static byte[] write(CacheKey key, CacheEntry kept) {
        return StoredValue.write(KIND, key, kept.result(), kept.freshUntil(), kept.until());
    }

    /** The result, or null when these are not the bytes that {@link #write} made for this key, or are too many. */
    static @Nullable CacheEntry read(CacheKey key, byte[] stored, int maxResultBytes) {
        if (stored.length - StoredValue.OVERHEAD - TIMES > maxResultBytes) {
            return null;
        }
        var value = StoredValue.read(KIND, key, stored);
        if (value == null || value.remaining() < TIMES) {
            return null;
        }
        long freshUntil = value.getLong();
        long until = value.getLong();
        var result = new byte[value.remaining()];
        value.get(result);
        return new CacheEntry(result, freshUntil, until);
    }
}
