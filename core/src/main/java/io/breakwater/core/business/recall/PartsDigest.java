package io.breakwater.core.business.recall;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over parts, each led by its length, so that the border between two parts is part of the digest: ("ab", "c")
 * and ("a", "bc") differ.
 */
final class PartsDigest {
    private final MessageDigest sha256 = sha256();

    PartsDigest add(byte[] part) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
        sha256.update(part);
        return this;
    }

    PartsDigest add(String part) {
        return add(part.getBytes(StandardCharsets.UTF_8));
    }

    PartsDigest add(long part) {
        return add(ByteBuffer.allocate(Long.BYTES).putLong(part).array());
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
