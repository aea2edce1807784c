package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {

    @Test
    void namesAndDefaults() {
        var standard = CacheSettings.STANDARD;

        assertThat(standard.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(standard.jitter()).isEqualTo(0.1);
        assertThat(standard.maxResultBytes()).isEqualTo(1_048_576);
        assertThat(standard.staleWhileRevalidate()).isEqualTo(Duration.ofSeconds(30));
        assertThat(standard.staleIfError()).isEqualTo(Duration.ofMinutes(5));
        assertThat(standard.leaseWait()).isEqualTo(Duration.ofSeconds(3));
        assertThat(standard.timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(standard.breakerPeriod()).isEqualTo(Duration.ofSeconds(5));
        assertThat(standard.tags()).isEqualTo(100_000);
        assertThat(standard.refreshes()).isEqualTo(16);
    }

    @Test
    void refusesWhatCouldKeepNothing() {
        assertThatThrownBy(() -> CacheSettings.STANDARD.withTtl(Duration.ZERO)).hasMessageContaining("ttl");
        assertThatThrownBy(() -> CacheSettings.STANDARD.withStale(Duration.ofSeconds(-1), Duration.ZERO))
                .hasMessageContaining("stale");
        assertThatThrownBy(() -> jitter(1)).hasMessageContaining("1.0");
        assertThatThrownBy(() -> jitter(Double.NaN)).hasMessageContaining("NaN");
    }

    private static CacheSettings jitter(double jitter) {
        return new CacheSettings(
                Duration.ofSeconds(1),
                jitter,
                1,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                1,
                1);
    }
}
