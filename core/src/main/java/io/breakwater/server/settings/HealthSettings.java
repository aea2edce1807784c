package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNegative;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The thresholds and times of health evaluation. Shares are between 0 and 1.
 *
 * @param errorRate the share of failed calls above which the server is degraded
 * @param failingRate the share of failed calls from which on the server is unhealthy
 * @param memory the share of used memory above which the server is degraded
 * @param cpu the CPU load above which the server is degraded
 * @param disk the share of used disk space above which the server is degraded
 * @param fewestCalls the minimum number of calls in the window for which the error rate is evaluated
 * @param interval the pause between two rounds of checks
 * @param timeout the maximum duration of a check
 * @param freshness the time within which a check on demand does not run again
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

    /** Refuses shares outside 0 to 1, checks without a duration, and negative values. */
    public HealthSettings {
        share("errorRate", errorRate);
        share("failingRate", failingRate);
        share("memory", memory);
        share("cpu", cpu);
        share("disk", disk);
        check(failingRate >= errorRate, "failingRate must not be below errorRate.");
        atLeast(0, fewestCalls, "HealthSettings.fewestCalls");
        positive(interval, "HealthSettings.interval");
        positive(timeout, "HealthSettings.timeout");
        notNegative(freshness, "HealthSettings.freshness");
    }

    /** Returns the default thresholds. */
    public static HealthSettings standard() {
        return new HealthSettings(
                0.10, 0.50, 0.90, 0.95, 0.95, 20, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private static void share(String name, double value) {
        check(value >= 0 && value <= 1, name + " must be between 0 and 1, but is " + value + ".");
    }
}
