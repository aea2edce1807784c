package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A secret in settings. Its text form is masked; only {@link #reveal} returns the value. */
public final class Secret {
    private static final String MASK = "******";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a value that is not empty. */
    public static Secret of(String value) {
        notNull(value, "Secret.value");
        check(!value.isEmpty(), "A secret must not be empty.");
        return new Secret(value);
    }

    /** Returns the value. */
    public String reveal() {
        return value;
    }

    /** Compares in a time that does not depend on where two secrets differ. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(value), bytes(secret.value));
    }

    /** Returns the same hash for all secrets, so that the hash discloses nothing. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
