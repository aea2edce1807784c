package io.breakwater.core.business.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the server is doing, and why.
 *
 * @param status the verdict
 * @param causes what made it worse than healthy, by name: {@code errors}, {@code memory}, {@code cpu}, {@code disk},
 *     {@code limits.memory}, or the name of a dependency; one for each reason
 * @param reasons what made it worse than healthy, one sentence each
 * @param at when this was said
 * @param uptime since the start
 * @param about which server this is
 * @param load the calls of the last few minutes
 * @param host the machine, on average over the last minute
 * @param checks every dependency, in the order of registration
 */
public record HealthReport(
        HealthStatus status,
        List<String> causes,
        List<String> reasons,
        Instant at,
        Duration uptime,
        ServerInfo about,
        RequestStats load,
        HostMetrics.Reading host,
        List<CheckReport> checks) {

    /** Copies the lists. */
    public HealthReport {
        causes = List.copyOf(causes);
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
    }
}
