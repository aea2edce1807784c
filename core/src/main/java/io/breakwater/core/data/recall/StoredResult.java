package io.breakwater.core.data.recall;

import io.breakwater.core.business.recall.CacheKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a result is written into a store: four letters and a version, the first half of the key's digest, the result, and
 * a CRC-32C over all of it. What was cut off, garbled, written by another version or put under another key does not read
 * as a result. The checks are against accidents; a store that lies is kept out by its own credentials.
 */
final class StoredResult {
    private static final byte[] MAGIC = "BWR1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 16;
    private static final int HEAD = MAGIC.length + KEY_BYTES;
    private static final int CHECK = Integer.BYTES;

    private StoredResult() {}

    static byte[] write(CacheKey key, byte[] result) {
        var buffer = ByteBuffer.allocate(HEAD + result.length + CHECK);
        buffer.put(head(key)).put(result);
        return buffer.putInt(check(buffer.array())).array();
    }

    /** The result, or nothing when these are not the bytes that {@link #write} made for this key. */
    static Optional<byte[]> read(CacheKey key, byte[] stored) {
        if (stored.length < HEAD + CHECK || !Arrays.equals(stored, 0, HEAD, head(key), 0, HEAD)) {
            return Optional.empty();
        }
        int claimed = ByteBuffer.wrap(stored).getInt(stored.length - CHECK);
        return claimed == check(stored)
                ? Optional.of(Arrays.copyOfRange(stored, HEAD, stored.length - CHECK))
                : Optional.empty();
    }

    private static byte[] head(CacheKey key) {
        var digest = HexFormat.of().parseHex(key.value(), 0, 2 * KEY_BYTES);
        return ByteBuffer.allocate(HEAD).put(MAGIC).put(digest).array();
    }

    private static int check(byte[] stored) {
        var crc = new CRC32C();
        crc.update(stored, 0, stored.length - CHECK);
        return (int) crc.getValue();
    }
}
