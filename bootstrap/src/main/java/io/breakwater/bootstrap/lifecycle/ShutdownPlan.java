package io.breakwater.bootstrap.lifecycle;

import io.breakwater.bootstrap.config.ShutdownSettings;
import java.time.Duration;
import java.util.Map;

/**
 * How a server shuts down after a signal.
 *
 * @param delay how long it still accepts requests after it reports that it is not ready, so that load balancers notice
 * @param grace how long running calls may take after the delay
 */
public record ShutdownPlan(Duration delay, Duration grace) {
    private static final Duration ORCHESTRATOR_DELAY = Duration.ofSeconds(5);

    /** Returns the plan of the settings; a missing delay depends on whether the environment shows a load balancer. */
    public static ShutdownPlan of(ShutdownSettings settings, Map<String, String> environment) {
        return new ShutdownPlan(settings.delay() == null ? delay(environment) : settings.delay(), settings.grace());
    }

    private static Duration delay(Map<String, String> environment) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST") ? ORCHESTRATOR_DELAY : Duration.ZERO;
    }
}
