package io.breakwater.port.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognizes secrets that can be guessed, such as placeholders and repeated words. */
public final class SecretStrength {
    /** The minimum number of bytes, as HS256 requires (RFC 7518, section 3.2). */
    public static final int MIN_BYTES = 32;

    /** How to create a strong secret, as the end of a sentence. */
    public static final String REMEDY = "create a random one with: openssl rand -base64 48";

    private static final int MIN_DIFFERENT = 8;

    /** Parts of placeholders and of usual passwords. Random text has one of them with a chance of less than 10⁻⁶. */
    private static final List<String> WORDS = List.of(
            "secret",
            "passwor",
            "development",
            "signing",
            "jwt-key",
            "jwt_key",
            "changeme",
            "change-me",
            "change_me",
            "change me",
            "example",
            "replace",
            "default",
            "your-",
            "your_",
            "letmein",
            "qwertz",
            "qwerty",
            "0123456789",
            "abcdefgh",
            "breakwater");

    private SecretStrength() {}

    /**
     * Returns why the secret can be guessed, as a clause that does not contain it, such as {@code has only 8 bytes};
     * empty if it looks random.
     *
     * @param bytes random bytes, or text in UTF-8
     */
    public static Optional<String> weakness(byte[] bytes) {
        if (bytes.length < MIN_BYTES) {
            return Optional.of("has only " + (bytes.length == 1 ? "1 byte" : bytes.length + " bytes"));
        }
        return weaknessOfText(new String(bytes, ISO_8859_1));
    }

    private static Optional<String> weaknessOfText(String secret) {
        long different = secret.chars().distinct().count();
        if (different < MIN_DIFFERENT) {
            return Optional.of(
                    different == 1 ? "repeats one character" : "has only " + different + " different characters");
        }
        if (isRepeated(secret)) {
            return Optional.of("repeats a shorter text");
        }
        if (isSequence(secret)) {
            return Optional.of("is a sequence of neighbouring characters");
        }
        var text = secret.toLowerCase(Locale.ROOT);
        return WORDS.stream().filter(text::contains).findFirst().map(word -> "contains the word '" + word + "'");
    }

    private static boolean isRepeated(String secret) {
        for (int period = 1; period <= secret.length() / 2; period++) {
            if (secret.regionMatches(period, secret, 0, secret.length() - period)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSequence(String secret) {
        int neighbours = 0;
        for (int i = 1; i < secret.length(); i++) {
            neighbours += Math.abs(secret.charAt(i) - secret.charAt(i - 1)) <= 1 ? 1 : 0;
        }
        return neighbours > secret.length() / 2;
    }
}
