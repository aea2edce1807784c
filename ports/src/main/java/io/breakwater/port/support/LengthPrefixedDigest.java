package io.breakwater.port.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A SHA-256 digest over parts that each follow their length, so that ("ab", "c") and ("a", "bc") differ. Not thread-safe.
 */
public final class LengthPrefixedDigest {
    private final MessageDigest sha256;
    private final byte[] scratch = new byte[Long.BYTES];

    private LengthPrefixedDigest(MessageDigest original) {
        this.sha256 = original;
    }

    /** Creates a digest of no parts. */
    public LengthPrefixedDigest() {
        this(Sha256.begin());
    }

    /** Returns a digest of the same parts, to which more can be added. */
    public LengthPrefixedDigest copy() {
        return new LengthPrefixedDigest(Sha256.copy(sha256));
    }

    /** Adds a part. */
    public LengthPrefixedDigest add(byte[] part) {
        length(part.length);
        sha256.update(part);
        return this;
    }

    /** Adds a text in UTF-8. */
    public LengthPrefixedDigest add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a number as eight bytes. */
    public LengthPrefixedDigest add(long part) {
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

    /** Returns the 32 bytes of the digest, after which no part can be added. */
    public byte[] bytes() {
        return sha256.digest();
    }

    /** Returns the digest as 64 lower-case hexadecimal digits, after which no part can be added. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
