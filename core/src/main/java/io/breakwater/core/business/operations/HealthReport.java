package io.breakwater.core.business.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the server is doing, and why.
 *
 * @param status the verdict
 * @param reasons what made it worse than healthy, one sentence each
 * @param at when this was said
 * @param uptime since the start
 * @param about which server this is
 * @param load the calls of the last few minutes
 * @param host the machine
 * @param checks every dependency, in the order of registration
 */
public record HealthReport(
        HealthStatus status,
        List<String> reasons,
        Instant at,
        Duration uptime,
        About about,
        Load load,
        Host.Reading host,
        List<CheckReport> checks) {

    /** Copies the lists. */
    public HealthReport {
        reasons = List.copyOf(reasons);
        checks = List.copyOf(checks);
    }
}
