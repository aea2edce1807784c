package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheEntry;
import io.breakwater.core.business.cache.CacheKey;
import org.jspecify.annotations.Nullable;

/** The stored form of a result: the times at which it becomes stale and expires, and its bytes. */
final class StoredResult {
    private static final String KIND = "BWR2";
    private static final int TIMES = 2 * Long.BYTES;

    private StoredResult() {}

    static String name(CacheKey key) {
        return "result:" + key.hex();
    }

    static byte[] write(CacheKey key, CacheEntry entry) {
        return StoredValue.write(KIND, key, entry.result(), entry.freshUntil(), entry.expiresAt());
    }

    /**
     * Reads a result; returns null if {@link #write} did not write these bytes for this key, or if the result is too
     * large.
     */
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
