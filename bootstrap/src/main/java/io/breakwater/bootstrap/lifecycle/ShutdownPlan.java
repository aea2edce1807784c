package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.ShutdownSettings;
import java.time.Duration;
import java.util.Map;

/**
 * How a server takes leave after a signal.
 *
 * @param delay how long it still accepts after it said that it is not ready, so that balancers notice
 * @param grace how long calls under way may take then
 */
public record ShutdownPlan(Duration delay, Duration grace) {
    private static final Duration UNDER_AN_ORCHESTRATOR = Duration.ofSeconds(5);

    /** As the settings say; where they say nothing, the environment tells whether there is a balancer to wait for. */
    public static ShutdownPlan of(ShutdownSettings settings, Map<String, String> environment) {
        return new ShutdownPlan(settings.delay() == null ? delay(environment) : settings.delay(), settings.grace());
    }

    private static Duration delay(Map<String, String> environment) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST") ? UNDER_AN_ORCHESTRATOR : Duration.ZERO;
    }
}
