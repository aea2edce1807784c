package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthSettingsTest {

    @Test
    void shipsWithTheseThresholds() {
        var settings = HealthSettings.standard();

        assertThat(settings.errorRate()).isEqualTo(0.10);
        assertThat(settings.failingRate()).isEqualTo(0.50);
        assertThat(settings.memory()).isEqualTo(0.90);
        assertThat(settings.cpu()).isEqualTo(0.95);
        assertThat(settings.disk()).isEqualTo(0.95);
        assertThat(settings.fewestCalls()).isEqualTo(20);
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.freshness()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThatThrownBy(() -> settings(10, Duration.ofSeconds(5)))
                .hasMessage("errorRate must be between 0 and 1, but is 10.0.");
        assertThatThrownBy(() -> settings(Double.NaN, Duration.ofSeconds(5))).hasMessageContaining("errorRate");
    }

    @Test
    void refusesATimeoutOfNothing() {
        assertThatThrownBy(() -> settings(0.1, Duration.ZERO))
                .hasMessage("timeout must be longer than zero, but is PT0S.");
    }

    private static HealthSettings settings(double errorRate, Duration timeout) {
        return new HealthSettings(
                errorRate, 0.5, 0.9, 0.95, 0.95, 20, Duration.ofSeconds(30), timeout, Duration.ofSeconds(5));
    }
}
