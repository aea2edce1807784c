package io.breakwater.adapter.http;

import static io.breakwater.port.support.SettingChecks.check;

import io.breakwater.port.support.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret with which operators and commands identify themselves to the management listener. */
public final class ManagementKey {
    private static final int RANDOM_BYTES = 32;
    private static final int MIN_LENGTH = 32;

    private final String secret;
    private final byte[] digest;

    private ManagementKey(String secret) {
        this.secret = secret;
        this.digest = Sha256.of(secret);
    }

    /** Creates a random key of 256 bits. */
    public static ManagementKey random() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ManagementKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Creates a key from a secret of the operator.
     *
     * @param secret at least 32 characters, all of them printable ASCII without spaces
     */
    public static ManagementKey of(String secret) {
        check(
                secret.length() >= MIN_LENGTH && secret.chars().allMatch(next -> next > ' ' && next < 127),
                "key must have at least 32 characters, all of them printable ASCII without spaces");
        return new ManagementKey(secret);
    }

    /** Returns the secret, for the file or the request that contains it. */
    public String reveal() {
        return secret;
    }

    /** Compares a presented secret with this one; the time that it takes does not depend on the difference. */
    boolean matches(String presented) {
        return MessageDigest.isEqual(digest, Sha256.of(presented));
    }

    /** Never contains the secret. */
    @Override
    public String toString() {
        return "ManagementKey[secret]";
    }
}
