package io.breakwater.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.ShutdownSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShutdownPlanTest {
    private static final Map<String, String> KUBERNETES = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Test
    void doesNotWaitWhenItIsNotExposed() {
        var departure = ShutdownPlan.of(new ShutdownSettings(null, GRACE), Map.of());

        assertThat(departure).isEqualTo(new ShutdownPlan(Duration.ZERO, GRACE));
    }

    @Test
    void waitsForBalancersUnderAnOrchestrator() {
        assertThat(ShutdownPlan.of(new ShutdownSettings(null, GRACE), KUBERNETES)
                        .delay())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void doesWhatTheSettingsSay() {
        assertThat(ShutdownPlan.of(new ShutdownSettings(Duration.ZERO, GRACE), KUBERNETES)
                        .delay())
                .isZero();
    }
}
