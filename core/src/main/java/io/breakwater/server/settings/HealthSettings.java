package io.breakwater.server.settings;

import java.time.Duration;

/**
 * When a server counts as ill. Shares are between 0 and 1.
 *
 * @param errorRate above this share of faults the server is degraded
 * @param failingRate from this share of faults on it is unhealthy
 * @param memory above this it is degraded, like the next two
 * @param cpu above this it is degraded
 * @param disk above this it is degraded
 * @param fewestCalls with fewer calls in the window the error rate says nothing
 * @param interval how long after one round of checks the next one begins
 * @param timeout how long a check may take
 * @param freshness a check that is asked for on demand does not run again within this time
 */
public record HealthSettings(
        double errorRate,
        double failingRate,
        double memory,
        double cpu,
        double disk,
        int fewestCalls,
        Duration interval,
        Duration timeout,
        Duration freshness) {

    /** Refuses what is no share and no time. */
    public HealthSettings {
        share("errorRate", errorRate);
        share("failingRate", failingRate);
        share("memory", memory);
        share("cpu", cpu);
        share("disk", disk);
        if (failingRate < errorRate) {
            throw new IllegalArgumentException("failingRate must not be below errorRate.");
        }
        positive("interval", interval);
        positive("timeout", timeout);
    }

    /** The shipped thresholds. */
    public static HealthSettings standard() {
        return new HealthSettings(
                0.10, 0.50, 0.90, 0.95, 0.95, 20, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value + ".");
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be longer than nothing, but is " + value + ".");
        }
    }
}
