package io.breakwater.adapter.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedSecretTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "aB3$kL9!mN2@pQ5#rT8%vX1^zC4&fH7",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abababababababababababababababababab",
                "correcthorsecorrecthorsecorrecthorse",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnop",
                "zyxwvutsrqponmlkjihgfedcba9876543210",
                "01234567890123456789012345678901",
                "your-256-bit-secret-goes-here-please",
                "my-super-SECRET-key-for-signing-jwts",
                "Please-ChangeMe-before-production-12",
                "breakwater-production-key-2026-11-23"
            })
    void aWeakSecretIsRefusedWithAWayToMakeOne(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyLocation.SharedSecret(secret.getBytes(UTF_8)))
                .withMessageStartingWith("secret must be hard to guess, but it ")
                .withMessageEndingWith("; create a random one with: openssl rand -base64 48.")
                .satisfies(e -> {
                    if (secret.length() > 8) {
                        assertThat(e.getMessage()).doesNotContain(secret);
                    }
                });
    }

    @Test
    void aRandomSecretIsAccepted() {
        var random = new SecureRandom();
        var bytes = new byte[32];
        for (int i = 0; i < 1000; i++) {
            random.nextBytes(bytes);
            var base64 = Base64.getEncoder().encodeToString(bytes).getBytes(UTF_8);
            var hex = HexFormat.of().formatHex(bytes).getBytes(UTF_8);
            assertThatCode(() -> {
                        new KeyLocation.SharedSecret(bytes);
                        new KeyLocation.SharedSecret(base64);
                        new KeyLocation.SharedSecret(hex);
                    })
                    .doesNotThrowAnyException();
        }
    }
}
