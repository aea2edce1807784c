package io.breakwater.core.business.cache;

import io.breakwater.port.support.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A SHA-256 digest over parts that each follow their length, so that ("ab", "c") and ("a", "bc") differ.
 */
final class LengthPrefixedDigest {
    private final MessageDigest sha256;
    private final byte[] scratch = new byte[Long.BYTES];

    private LengthPrefixedDigest(MessageDigest original) {
        this.sha256 = original;
    }

    /** Creates a digest of no parts. */
    LengthPrefixedDigest() {
        this(Sha256.begin());
    }

    /** Returns a digest of the same parts, to which more can be added. */
    LengthPrefixedDigest copy() {
        return new LengthPrefixedDigest(Sha256.copy(sha256));
    }

    LengthPrefixedDigest add(byte[] part) {
        length(part.length);
        sha256.update(part);
        return this;
    }

    LengthPrefixedDigest add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    LengthPrefixedDigest add(long part) {
        length(Long.BYTES);
        put(part, Long.BYTES);
        return this;
    }

    private void length(int bytes) {
        put(bytes, Integer.BYTES);
    }

    private void put(long number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            scratch[i] = (byte) (number >>> ((bytes - 1 - i) * Byte.SIZE));
        }
        sha256.update(scratch, 0, bytes);
    }

    CacheKey key() {
        var digest = ByteBuffer.wrap(sha256.digest());
        return new CacheKey(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    String hex() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
