package io.breakwater.adapter.http.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest of a token, under which its result is stored; the token itself is not. */
record TokenDigest(BigInteger value) {
    static TokenDigest of(String token) {
        try {
            return new TokenDigest(
                    new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java runtime has no SHA-256", e);
        }
    }
}
