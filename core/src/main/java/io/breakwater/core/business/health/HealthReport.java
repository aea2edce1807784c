package io.breakwater.core.business.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The health of the server, with reasons.
 *
 * @param status the overall status
 * @param causes the names of what made the status worse than healthy: {@code errors}, {@code memory}, {@code cpu},
 *     {@code disk}, {@code limits.memory}, or the name of a dependency; one for each reason
 * @param reasons what made the status worse than healthy, one sentence each
 * @param at the time of the report
 * @param uptime the time since the start
 * @param about the version and environment of the server
 * @param load the calls of the last few minutes
 * @param host the load of the machine, averaged over the last minute
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
        HostMetrics host,
        List<CheckReport> checks) {

    /** Copies the lists. */
    public HealthReport {
        causes = List.copyOf(causes);
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
    }
}
