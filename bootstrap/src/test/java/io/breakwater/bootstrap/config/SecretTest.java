package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {
    private record Holder(String name, Secret key) {}

    @Test
    void printsMaskedWhereverItEndsUp() {
        assertThat(new Holder("a", Secret.of("canary")).toString())
                .doesNotContain("canary")
                .contains(Secret.MASK);
    }

    @Test
    void givesItselfAwayOnlyWhenAsked() {
        assertThat(Secret.of("canary").reveal()).isEqualTo("canary");
    }

    @Test
    void equalsASecretOfTheSameValue() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a")).hasSameHashCodeAs(Secret.of("b"));
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
