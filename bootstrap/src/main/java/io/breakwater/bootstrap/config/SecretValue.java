package io.breakwater.bootstrap.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A value that must not be seen. It prints masked wherever it ends up by accident (a log line, an error, a record's
 * {@code toString}); only {@link #reveal} gives it away, and is easy to search for.
 */
public final class SecretValue {
    /** What is shown instead of any secret, whatever its length. */
    public static final String MASK = "******";

    private final String value;

    private SecretValue(String value) {
        this.value = value;
    }

    /** Wraps a value that is not empty. */
    public static SecretValue of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A secret must not be empty.");
        }
        return new SecretValue(value);
    }

    /** The value itself, for the one place that needs it. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where two secrets differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue secret && MessageDigest.isEqual(bytes(value), bytes(secret.value));
    }

    /** The same for all secrets, so that no hash of one gets about. */
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
