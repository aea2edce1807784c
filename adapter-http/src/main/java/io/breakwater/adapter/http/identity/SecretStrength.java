package io.breakwater.adapter.http.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.breakwater.port.support.SettingChecks;
import java.util.List;
import java.util.Locale;

/** Refuses secrets that can be guessed. */
final class SecretStrength {
    static final int MIN_BYTES = 32;

    private static final int MIN_DISTINCT_BYTES = 10;
    private static final int MAX_PERIOD = 12;
    private static final String ADVICE = " Create one with: openssl rand -base64 48";
    private static final List<String> WORDS = List.of(
            "secret",
            "password",
            "passwort",
            "changeme",
            "change-me",
            "change_me",
            "change me",
            "replace",
            "example",
            "default",
            "qwerty",
            "breakwater",
            "signing",
            "your-256-bit",
            "your_jwt",
            "jwt_",
            "0123456789",
            "abcdefgh",
            "development",
            "letmein");

    private SecretStrength() {}

    /**
     * Refuses a weak secret.
     *
     * @throws IllegalArgumentException with a message that says how to create a secret, and does not contain it
     */
    static void check(byte[] secret) {
        require(
                secret.length >= MIN_BYTES,
                "must have at least " + MIN_BYTES + " bytes, but has " + secret.length + ".");
        require(
                distinctBytes(secret) >= MIN_DISTINCT_BYTES,
                "must be random, but consists of few different characters.");
        require(!isRepeated(secret), "must be random, but repeats a short text.");
        require(!isSequence(secret), "must be random, but its characters follow each other in the alphabet.");
        var text = new String(secret, ISO_8859_1).toLowerCase(Locale.ROOT);
        require(WORDS.stream().noneMatch(text::contains), "must be random, but contains a word that is often used.");
    }

    private static void require(boolean strong, String rule) {
        SettingChecks.check(strong, "secret " + rule + ADVICE);
    }

    private static int distinctBytes(byte[] secret) {
        return (int) new String(secret, ISO_8859_1).chars().distinct().count();
    }

    private static boolean isRepeated(byte[] secret) {
        for (int period = 1; period <= MAX_PERIOD; period++) {
            if (hasPeriod(secret, period)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPeriod(byte[] secret, int period) {
        for (int i = period; i < secret.length; i++) {
            if (secret[i] != secret[i - period]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSequence(byte[] secret) {
        int steps = 0;
        for (int i = 1; i < secret.length; i++) {
            steps += Math.abs(secret[i] - secret[i - 1]) <= 1 ? 1 : 0;
        }
        return steps * 2 > secret.length;
    }
}
