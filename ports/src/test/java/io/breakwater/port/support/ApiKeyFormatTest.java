package io.breakwater.port.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.support.ApiKeyFormat.KeyParts;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFormatTest {
    private static final String SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final KeyParts KEY = new KeyParts("abcd2345", SECRET);

    @Test
    void readsTheKeyThatItWrites() {
        var key = ApiKeyFormat.generate();

        assertThat(key.reveal()).matches("bw_[a-z0-9]{10}\\.[A-Za-z0-9_-]{43}");
        assertThat(ApiKeyFormat.parse(key.reveal())).contains(key);
        assertThat(ApiKeyFormat.parse("bw_abcd2345." + SECRET)).contains(KEY);
    }

    @Test
    void neverRepeatsAnIdOrASecret() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 2_000; i++) {
            var key = ApiKeyFormat.generate();
            assertThat(seen.add(key.id())).isTrue();
            assertThat(seen.add(key.secret())).isTrue();
        }
        assertThat(ApiKeyFormat.withNewSecret(KEY.id()).id()).isEqualTo(KEY.id());
        assertThat(ApiKeyFormat.withNewSecret(KEY.id()).secret()).isNotEqualTo(SECRET);
    }

    @Test
    void doesNotPrintTheSecret() {
        assertThat(KEY).hasToString("bw_abcd2345.***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bw_",
                "bw_.",
                "bw_abcd2345",
                "bw_abcd2345.",
                "abcd2345." + SECRET,
                "bw-abcd2345." + SECRET,
                "BW_abcd2345." + SECRET,
                " bw_abcd2345." + SECRET,
                "bw_abcd2345." + SECRET + " ",
                "bw_abcd2345." + SECRET + "\n",
                "bw_abcd2345." + SECRET + "=",
                "bw_abcd2345." + SECRET + "A",
                "bw_abcd2345.." + SECRET,
                "bw_abcd2345.A." + SECRET,
                "bw_abcd234." + SECRET,
                "bw_abcd234567890." + SECRET,
                "bw_ABCD2345." + SECRET,
                "bw_abcd-345." + SECRET,
                "bw_abcd234ä." + SECRET,
                "bw_abcd2345.+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bw_abcd2345.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."
            })
    void refusesEveryOtherText(String text) {
        assertThat(ApiKeyFormat.parse(text)).isEmpty();
    }

    @Test
    void matchesTheSecretOfOneOfTheDigestsOnly() {
        var other = ApiKeyFormat.digest("other");

        assertThat(ApiKeyFormat.matches(SECRET, List.of(ApiKeyFormat.digest(SECRET))))
                .isTrue();
        assertThat(ApiKeyFormat.matches(SECRET, List.of(other, ApiKeyFormat.digest(SECRET))))
                .isTrue();
        assertThat(ApiKeyFormat.matches(SECRET, List.of(ApiKeyFormat.digest(SECRET), other)))
                .isTrue();
        assertThat(ApiKeyFormat.matches(SECRET, List.of(other))).isFalse();
        assertThat(ApiKeyFormat.matches(SECRET, List.of())).isFalse();
    }

    /** The published test vector of FIPS 180-2 for "abc". */
    @Test
    void digestsWithSha256() {
        assertThat(HexFormat.of().formatHex(ApiKeyFormat.digest("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
