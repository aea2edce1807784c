package io.breakwater.core.business.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    @Test
    void knowsKeysByAnIdOfTheirOwn() {
        var first = KeyRing.of(List.of(filled(1)));
        var ring = KeyRing.of(List.of(filled(1), filled(2), filled(3)));

        assertThat(ring.current().id()).isEqualTo(first.current().id());
        assertThat(ring.keys().stream()
                        .map(KeyRing.Key::id)
                        .map(Arrays::hashCode)
                        .distinct())
                .hasSize(3);
    }

    @Test
    void neverShowsTheSecretItself() {
        assertThat(KeyRing.of(List.of(filled(7))).current().secret().getEncoded())
                .isNotEqualTo(filled(7));
    }

    @Test
    void refusesSecretsThatAreTooShort() {
        assertThatThrownBy(() -> KeyRing.of(List.of(filled(1), new byte[31])))
                .hasMessage("Secret 2 of the key ring has 31 bytes; it needs 32 random ones or more");
    }

    @Test
    void refusesTheSameSecretTwice() {
        assertThatThrownBy(() -> KeyRing.of(List.of(filled(1), filled(2), filled(1))))
                .hasMessage("Secret 3 of the key ring appears twice");
    }

    @Test
    void refusesToBeEmpty() {
        assertThatThrownBy(() -> KeyRing.of(List.of())).hasMessage("A key ring needs at least one secret");
    }

    private static byte[] filled(int number) {
        var secret = new byte[32];
        Arrays.fill(secret, (byte) number);
        return secret;
    }
}
