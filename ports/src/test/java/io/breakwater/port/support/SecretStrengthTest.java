package io.breakwater.port.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStrengthTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "short                                      | has only 5 bytes",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | repeats one character",
                "abcabcabcabcabcabcabcabcabcabcabcabcabcabc | has only 3 different characters",
                "kRx81mQzkRx81mQzkRx81mQzkRx81mQzkRx81mQz   | repeats a shorter text",
                "kRx81mQzkRx81mQzkRx81mQzkRx81mQzkRx        | repeats a shorter text",
                "abcdefghijklmnopqrstuvwxyz0123456789       | is a sequence of neighbouring characters",
                "my-very-long-secret-for-the-server-2026    | contains the word 'secret'",
                "my_jwt_key_of-the_company-in-Berlin!       | contains the word 'jwt_key'",
                "CHANGEME-f8Kq2mVx7Lp0Zt4Wn9Rj3Hb6Yc1Ds     | contains the word 'changeme'"
            })
    void findsWhyASecretCanBeGuessed(String secret, String weakness) {
        assertThat(SecretStrength.weakness(secret.getBytes(UTF_8))).contains(weakness);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef",
                "0123456789",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
            })
    void acceptsRandomText(String letters) {
        var random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 1_000; i++) {
            var secret = new StringBuilder();
            while (secret.length() < SecretStrength.MIN_BYTES) {
                secret.append(letters.charAt(random.nextInt(letters.length())));
            }
            accepted +=
                    SecretStrength.weakness(secret.toString().getBytes(UTF_8)).isEmpty() ? 1 : 0;
        }

        assertThat(accepted).isGreaterThanOrEqualTo(990); // some random texts have few different digits
    }

    @Test
    void neverRepeatsTheSecret() {
        assertThat(SecretStrength.weakness("hunter2hunter2hunter2hunter2hunter2".getBytes(UTF_8)))
                .hasValueSatisfying(weakness -> assertThat(weakness).doesNotContain("hunter2"));
    }
}
