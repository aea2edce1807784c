package io.breakwater.port.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    private static final MessageDigest EMPTY = create();

    private Sha256() {}

    /** Returns the 32 bytes of the digest of these bytes. */
    public static byte[] of(byte[] bytes) {
        return begin().digest(bytes);
    }

    /** Returns the 32 bytes of the digest of the text in UTF-8. */
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of the text in UTF-8, as 64 hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }

    /** Begins a digest over several parts. It is a copy of an empty digest, which costs less than a search for one. */
    public static MessageDigest begin() {
        return copy(EMPTY);
    }

    /** Returns a digest over the same parts as another one that {@link #begin} began. */
    public static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The SHA-256 digest of this platform cannot be copied.", e);
        }
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must have SHA-256.", e);
        }
    }
}
