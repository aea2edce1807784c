package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a value in a store that other programs can reach: four letters for its kind and format version,
 * the first half of its key's digest, the value, and a CRC-32C over all of it. A value that is truncated, corrupted,
 * written by another version or stored under another key is not read. The checks protect against accidents; credentials
 * protect the store against attackers.
 */
final class StoredValue {
    /** The number of bytes beside the value. */
    static final int OVERHEAD = 24;

    private static final int HEAD = 20;

    private StoredValue() {}

    /** Writes a value that consists of some numbers and other bytes. */
    static byte[] write(String kind, CacheKey key, byte[] rest, long... numbers) {
        var buffer = ByteBuffer.allocate(OVERHEAD + numbers.length * Long.BYTES + rest.length);
        buffer.put(head(kind, key));
        for (long number : numbers) {
            buffer.putLong(number);
        }
        return buffer.put(rest).putInt(check(buffer.array())).array();
    }

    /** Reads a value; returns null if these bytes were not written for this key. */
    static @Nullable ByteBuffer read(String kind, CacheKey key, byte[] stored) {
        if (stored.length < OVERHEAD || !Arrays.equals(stored, 0, HEAD, head(kind, key), 0, HEAD)) {
            return null;
        }
        int end = stored.length - Integer.BYTES;
        return ByteBuffer.wrap(stored).getInt(end) == check(stored) ? ByteBuffer.wrap(stored, HEAD, end - HEAD) : null;
    }

    private static byte[] head(String kind, CacheKey key) {
        return ByteBuffer.allocate(HEAD)
                .put(kind.getBytes(StandardCharsets.US_ASCII))
                .putLong(key.first())
                .putLong(key.second())
                .array();
    }

    private static int check(byte[] stored) {
        var crc = new CRC32C();
        crc.update(stored, 0, stored.length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
