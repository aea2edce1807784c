package io.breakwater.core.business.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 digest of a token, under which its verification is cached. The token itself is not kept.
 *
 * @param first the first 64 bits
 * @param second the next 64 bits
 * @param third the next 64 bits
 * @param fourth the last 64 bits
 */
public record Sha256Digest(long first, long second, long third, long fourth) {
    private static final MessageDigest SHA_256 = create();

    /** Returns the digest of the token. */
    public static Sha256Digest of(String token) {
        var bytes = ByteBuffer.wrap(bytes(token));
        return new Sha256Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** Returns the digest of a text as bytes. */
    static byte[] bytes(String text) {
        try {
            // a copy costs less than a search for the algorithm
            return ((MessageDigest) SHA_256.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            return create().digest(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
