package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcurrencySettingsTest {
    private static final ConcurrencySettings STANDARD = ConcurrencySettings.STANDARD;

    @Test
    void shipsWithTheseLimits() {
        assertThat(STANDARD)
                .isEqualTo(new ConcurrencySettings(
                        null, true, 4, Duration.ofMinutes(1), 100, Duration.ofSeconds(1), List.of()));
    }

    @Test
    void onePrincipalMayUseHalf() {
        assertThat(STANDARD.maxPerPrincipal(200)).isEqualTo(100);
        assertThat(STANDARD.maxPerPrincipal(1)).isOne();
        assertThat(STANDARD.withPerPrincipal(7).maxPerPrincipal(200)).isEqualTo(7);
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> STANDARD.withPerPrincipal(0)).hasMessage("perPrincipal must be at least 1, but is 0.");
        assertThatThrownBy(() -> STANDARD.withAdaptiveLimits(0, Duration.ofMinutes(1)))
                .hasMessage("minLimit must be at least 1, but is 0.");
        assertThatThrownBy(() -> STANDARD.withAdaptiveLimits(1, Duration.ZERO))
                .hasMessageContaining("minRttInterval must be longer than zero");
        assertThatThrownBy(() -> STANDARD.withQueue(-1, Duration.ofSeconds(1)))
                .hasMessage("queueLength must be at least 0, but is -1.");
        assertThatThrownBy(() -> STANDARD.withQueue(1, Duration.ZERO))
                .hasMessageContaining("queueTimeout must be longer than zero");
        assertThatThrownBy(() -> new ToolConcurrency("query", 0, null))
                .hasMessage("maxConcurrency must be at least 1, but is 0.");
        assertThatThrownBy(() -> new ToolConcurrency("query", null, "two words"))
                .hasMessageContaining("costClass must be 1 to 128 characters");
    }

    @Test
    void refusesTwoEntriesForOneTool() {
        var tool = new ToolConcurrency("query", 1, null);

        assertThatThrownBy(() -> STANDARD.withTools(List.of(tool, tool)))
                .hasMessage("tools must contain each tool once: query");
    }
}
