package io.breakwater.port.support;

import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The format of API keys: {@code bw_<id>.<secret>}. The id has 8 to 12 lower-case letters and digits, and is not
 * secret. The secret has 256 random bits, written in base64url without padding.
 */
public final class ApiKeyFormat {
    /** The beginning of each key. Scanners for leaked secrets can search for it. */
    public static final String PREFIX = "bw_";

    /** In place of an id: the one key that is not in this format, whose whole text is the secret. */
    public static final String NO_ID = "";

    private static final int SECRET_BYTES = 32;
    private static final int MIN_ID_LENGTH = 8;
    private static final int MAX_ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final int MAX_LENGTH = PREFIX.length() + MAX_ID_LENGTH + 1 + SECRET_LENGTH;
    /** The last character stands for 4 bits and two zeros, so that each secret is written in one way only. */
    private static final String LAST_LETTERS = "AEIMQUYcgkosw048";

    private static final String ID_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int ID_LENGTH = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Stands for the stored digests of a key that does not exist. */
    private static final List<byte[]> NO_DIGESTS = List.of(new byte[32]);

    private ApiKeyFormat() {}

    /**
     * The parts of a key.
     *
     * @param id the id, which may appear in logs
     * @param secret the secret, which must not
     */
    public record KeyParts(String id, String secret) {
        /** Refuses null. */
        public KeyParts {
            requireNonNull(id, "KeyParts.id must not be null.");
            requireNonNull(secret, "KeyParts.secret must not be null.");
        }

        /** Returns the whole key, which is a secret. */
        public String reveal() {
            return PREFIX + id + "." + secret;
        }

        /** Returns the key without its secret. */
        @Override
        public String toString() {
            return PREFIX + id + ".***";
        }
    }

    /** Returns the parts of the text; empty when it does not have this format exactly. */
    public static Optional<KeyParts> parse(String text) {
        int dot = text.indexOf('.');
        if (text.length() > MAX_LENGTH || dot < 0 || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var id = text.substring(PREFIX.length(), dot);
        var secret = text.substring(dot + 1);
        return isId(id) && isSecret(secret) ? Optional.of(new KeyParts(id, secret)) : Optional.empty();
    }

    /** Returns whether the text is a valid id. */
    public static boolean isId(String text) {
        int length = text.length();
        boolean valid = length >= MIN_ID_LENGTH && length <= MAX_ID_LENGTH;
        for (int i = 0; valid && i < length; i++) {
            valid = isLowerCaseOrDigit(text.charAt(i));
        }
        return valid;
    }

    /** No regular expression, because each request with an API key is parsed on an event loop. */
    private static boolean isSecret(String text) {
        int length = text.length();
        boolean valid = length == SECRET_LENGTH && LAST_LETTERS.indexOf(text.charAt(length - 1)) >= 0;
        for (int i = 0; valid && i < length - 1; i++) {
            char c = text.charAt(i);
            valid = isLowerCaseOrDigit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        }
        return valid;
    }

    private static boolean isLowerCaseOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Returns a new random key. Its id has 50 random bits, so the caller checks that no other key has it. */
    public static KeyParts generate() {
        var id = new StringBuilder(ID_LENGTH);
        while (id.length() < ID_LENGTH) {
            id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
        }
        return withNewSecret(id.toString());
    }

    /** Returns a key with this id and a new random secret. */
    public static KeyParts withNewSecret(String id) {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new KeyParts(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Returns the SHA-256 digest of the secret's text, which is what a server stores. */
    public static byte[] digest(String secret) {
        return Sha256.of(secret);
    }

    /**
     * Returns whether one of the stored digests is the digest of the secret. The time depends on the number of digests
     * only. Pass no digests for a key that does not exist: this takes as long as a wrong secret of a key with one.
     */
    public static boolean matches(String secret, Collection<byte[]> digests) {
        var digest = digest(secret);
        boolean matches = false;
        for (var stored : digests.isEmpty() ? NO_DIGESTS : digests) {
            matches |= MessageDigest.isEqual(digest, stored);
        }
        return matches && !digests.isEmpty();
    }
}
