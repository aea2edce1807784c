package io.breakwater.core.business.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A SHA-256 digest over parts that each follow their length, so that ("ab", "c") and ("a", "bc") differ. All instances
 * are copies of one empty digest, because a copy is much cheaper than a new {@code MessageDigest}.
 */
final class LengthPrefixedDigest {
    private static final MessageDigest EMPTY = sha256();

    private final MessageDigest sha256;
    private final byte[] scratch = new byte[Long.BYTES];

    private LengthPrefixedDigest(MessageDigest original) {
        try {
            this.sha256 = (MessageDigest) original.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The SHA-256 digest of this platform cannot be cloned.", e);
        }
    }

    /** Creates a digest of no parts. */
    LengthPrefixedDigest() {
        this(EMPTY);
    }

    /** Returns a digest of the same parts, to which more can be added. */
    LengthPrefixedDigest copy() {
        return new LengthPrefixedDigest(sha256);
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing; every Java platform must provide it.", e);
        }
    }
}
