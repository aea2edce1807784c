package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretValueTest {
    private record Holder(String name, SecretValue key) {}

    @Test
    void printsMaskedWhereverItEndsUp() {
        assertThat(new Holder("a", SecretValue.of("canary")).toString())
                .doesNotContain("canary")
                .contains(SecretValue.MASK);
    }

    @Test
    void givesItselfAwayOnlyWhenAsked() {
        assertThat(SecretValue.of("canary").reveal()).isEqualTo("canary");
    }

    @Test
    void equalsASecretOfTheSameValue() {
        assertThat(SecretValue.of("a")).isEqualTo(SecretValue.of("a")).isNotEqualTo(SecretValue.of("b"));
        assertThat(SecretValue.of("a")).hasSameHashCodeAs(SecretValue.of("b"));
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> SecretValue.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
