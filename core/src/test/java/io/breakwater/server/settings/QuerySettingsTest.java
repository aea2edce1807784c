package io.breakwater.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuerySettingsTest {

    @Test
    void hasTheseStandards() {
        assertThat(QuerySettings.standard())
                .isEqualTo(new QuerySettings(
                        new QueryLimits(1_000, 1_048_576, 100_000, Duration.ofHours(1)),
                        new CostLimits(CostLimits.OFF, CostLimits.OFF)));
    }

    @Test
    void refusesLimitsUnderWhichNothingPasses() {
        assertThatIllegalArgumentException().isThrownBy(() -> new QueryLimits(0, 1, 0, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueryLimits(1, 0, 0, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueryLimits(1, 1, -1, Duration.ofHours(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueryLimits(1, 1, 0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new CostLimits(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new CostLimits(1, Double.NaN));
    }

    @Test
    void refusesQuotasUnderWhichNothingPasses() {
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaLimits.NONE.withCalls(0));
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaLimits.NONE.withRows(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaLimits.NONE.withCost(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaSettings.OFF.withKeys(99));
        assertThatIllegalArgumentException().isThrownBy(() -> QuotaSettings.OFF.withTimeout(Duration.ZERO));
    }
}
