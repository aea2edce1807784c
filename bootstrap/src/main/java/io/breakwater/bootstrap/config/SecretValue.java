package io.breakwater.bootstrap.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A secret value. Its text form is masked, for example in a log line, an error or a record's {@code toString}; only
 * {@link #reveal} returns the value, and its uses are easy to search for.
 */
public final class SecretValue {
    /** The text form of every secret, independent of its length. */
    public static final String MASK = "******";

    private final String value;

    private SecretValue(String value) {
        this.value = value;
    }

    /** Wraps a non-empty value. */
    public static SecretValue of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret must not be empty.");
        }
        return new SecretValue(value);
    }

    /** Returns the value. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where two secrets differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue secret && MessageDigest.isEqual(bytes(value), bytes(secret.value));
    }

    /** Returns the same hash for all secrets, so that the hash discloses nothing. */
    @Override
    public int hashCode() {
        return SecretValue.class.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
