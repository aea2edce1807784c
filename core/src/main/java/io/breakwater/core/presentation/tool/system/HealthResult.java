package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.HealthReport;
import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The result of {@code health_check}. */
@Description("The health of the server, with its causes.")
record HealthResult(
        @Description("healthy: there are no problems. degraded: the server works with restrictions and"
                + " needs attention. unhealthy: the server cannot do its work.")
        @AllowedValues({"healthy", "degraded", "unhealthy"})
        String status,

        @Description("The causes of a status other than healthy: errors, memory, cpu, disk, or the name of a"
                + " dependency. Empty if the status is healthy.")
        List<String> causes,

        @Description("One sentence for each cause; empty if the status is healthy.")
        List<String> reasons,

        @Description("The time of this report.") Instant at,

        @Description("The time since the server started, in seconds.") @Name("uptime_seconds")
        long uptimeSeconds,

        @Description("The version of the server.") String version,

        @Description("The environment of the server, for example production.")
        String environment,

        @Description("Statistics on the calls of the last few minutes.")
        Calls calls,

        @Description("The host of the server.") Host machine,

        @Description("The dependencies of the server.") List<Dependency> dependencies) {

    static HealthResult of(HealthReport report) {
        return new HealthResult(
                lowerCase(report.status()),
                report.causes(),
                report.reasons(),
                report.at(),
                report.uptime().toSeconds(),
                report.about().version(),
                report.about().environment(),
                Calls.of(report.load()),
                Host.of(report.host()),
                report.checks().stream()
                        .map(check -> Dependency.of(check, report.at()))
                        .toList());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    record Calls(
            @Description("The period that these statistics cover, in seconds.") @Name("window_seconds")
            long windowSeconds,

            @Description("The number of calls that ended.") long count,

            @Description("The share of calls that failed for any reason, from 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description("The share of calls that failed because of the server or of a dependency, from"
                    + " 0 to 1. The status depends on this rate.")
            @Name("fault_rate")
            double faultRate) {

        static Calls of(RequestStats load) {
            return new Calls(
                    load.span().toSeconds(),
                    load.calls(),
                    RoundedNumbers.share(load.errorRate()),
                    RoundedNumbers.share(load.faultRate()));
        }
    }

    record Host(
            @Description("The usage of all CPUs over the last minute, from 0 to 1; absent if it is unknown.") @Nullable
            Double cpu,

            @Description("The share of the heap in use after garbage collection, from 0 to 1; absent if it is unknown.")
            @Nullable
            Double memory,

            @Description("The usage of the disk of the working directory, from 0 to 1; absent if it is unknown.")
            @Nullable
            Double disk) {

        static Host of(HostMetrics reading) {
            return new Host(
                    RoundedNumbers.knownShare(reading.cpu()),
                    RoundedNumbers.knownShare(reading.memory()),
                    RoundedNumbers.knownShare(reading.disk()));
        }
    }

    record Dependency(
            @Description("The name of the dependency.") String name,

            @Description("True if the server cannot work without this dependency.")
            boolean required,

            @Description("The status; unknown: the dependency has not been checked yet.")
            @AllowedValues({"up", "down", "unknown"})
            String status,

            @Description("The time of the last change of the status.") @Nullable
            Instant since,

            @Description("The response time in milliseconds; absent if there was no response.")
            @Name("latency_ms")
            @Nullable
            Double latencyMs,

            @Description("The time since the last check, in seconds.") @Name("age_seconds") @Nullable
            Long ageSeconds,

            @Description("The reason why the dependency is down.") @Nullable
            String reason) {

        static Dependency of(CheckReport check, Instant now) {
            Instant checked = check.checkedAt();
            Duration latency = check.latency();
            return new Dependency(
                    check.name(),
                    check.required(),
                    lowerCase(check.state()),
                    check.since(),
                    latency == null ? null : RoundedNumbers.milliseconds(latency),
                    checked == null ? null : Duration.between(checked, now).toSeconds(),
                    check.reason());
        }
    }
}
