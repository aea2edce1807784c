package io.breakwater.core.business.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over parts, each led by its length, so that the border between two parts is part of the digest: ("ab", "c")
 * and ("a", "bc") differ. Copying a digest is much cheaper than asking the platform for one, so all are copies.
 */
final class LengthPrefixedDigest {
    private static final MessageDigest EMPTY = sha256();

    private final MessageDigest sha256;
    private final byte[] scratch = new byte[Long.BYTES];

    private LengthPrefixedDigest(MessageDigest copied) {
        try {
            this.sha256 = (MessageDigest) copied.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this platform's SHA-256 cannot be copied", e);
        }
    }

    /** Of no parts yet. */
    LengthPrefixedDigest() {
        this(EMPTY);
    }

    /** Of the same parts so far. */
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
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
