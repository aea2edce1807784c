package io.breakwater.core.business.authentication;

import io.breakwater.port.support.Sha256;
import java.nio.ByteBuffer;

/**
 * The SHA-256 digest of a token, under which its verification is cached. The token itself is not kept.
 *
 * @param first the first 64 bits
 * @param second the next 64 bits
 * @param third the next 64 bits
 * @param fourth the last 64 bits
 */
public record Sha256Digest(long first, long second, long third, long fourth) {
    /** Returns the digest of the token. */
    public static Sha256Digest of(String token) {
        var bytes = ByteBuffer.wrap(Sha256.of(token));
        return new Sha256Digest(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }
}
