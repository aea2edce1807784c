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

/** How the server is doing, as {@code health_check} says it. */
@Description("How the server is doing, and why.")
record HealthResult(
        @Description(
                "healthy: all is well. degraded: it works, but somebody should look. unhealthy: it cannot do its work.")
        @AllowedValues({"healthy", "degraded", "unhealthy"})
        String status,

        @Description("What made it worse than healthy, by name: errors, memory, cpu, disk, or a dependency; empty when"
                + " healthy.")
        List<String> causes,

        @Description("What made it worse than healthy, one sentence each; empty when healthy.")
        List<String> reasons,

        @Description("When this was said.") Instant at,

        @Description("Seconds since the server started.") @Name("uptime_seconds")
        long uptimeSeconds,

        @Description("The server's version.") String version,

        @Description("Where it runs, for instance production.")
        String environment,

        @Description("The calls of the last few minutes.") Calls calls,

        @Description("The machine under the server.") Machine machine,

        @Description("What the server leans on.") List<Dependency> dependencies) {

    static HealthResult of(HealthReport report) {
        return new HealthResult(
                word(report.status()),
                report.causes(),
                report.reasons(),
                report.at(),
                report.uptime().toSeconds(),
                report.about().version(),
                report.about().environment(),
                Calls.of(report.load()),
                Machine.of(report.host()),
                report.checks().stream()
                        .map(check -> Dependency.of(check, report.at()))
                        .toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    record Calls(
            @Description("The span that the figures cover, in seconds.") @Name("window_seconds")
            long windowSeconds,

            @Description("How many calls ended.") long count,

            @Description("Share of calls that failed, whosever fault that was; 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description(
                    "Share of calls that failed by a fault of the server or of a system behind it; 0 to 1. The status"
                            + " is judged by this one.")
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

    record Machine(
            @Description("Busy share of all processors over the last minute, 0 to 1; absent when it cannot be told.")
            @Nullable
            Double cpu,

            @Description("Share of the heap in use after garbage collection, 0 to 1; absent when it cannot be told.")
            @Nullable
            Double memory,

            @Description("Used share of the working disk, 0 to 1; absent when it cannot be told.") @Nullable
            Double disk) {

        static Machine of(HostMetrics.Reading reading) {
            return new Machine(
                    RoundedNumbers.knownShare(reading.cpu()),
                    RoundedNumbers.knownShare(reading.memory()),
                    RoundedNumbers.knownShare(reading.disk()));
        }
    }

    record Dependency(
            @Description("How operators call it.") String name,

            @Description("Whether the server is of no use without it.")
            boolean required,

            @Description("unknown: it has not answered yet.") @AllowedValues({"up", "down", "unknown"})
            String status,

            @Description("Since when it is so.") @Nullable Instant since,

            @Description("How long it took to answer, in milliseconds; absent when it did not.")
            @Name("latency_ms")
            @Nullable
            Double latencyMs,

            @Description("Age of this finding, in seconds.") @Name("age_seconds") @Nullable
            Long ageSeconds,

            @Description("Why it is down.") @Nullable String reason) {

        static Dependency of(CheckReport check, Instant now) {
            Instant checked = check.checkedAt();
            Duration latency = check.latency();
            return new Dependency(
                    check.name(),
                    check.required(),
                    word(check.state()),
                    check.since(),
                    latency == null ? null : RoundedNumbers.milliseconds(latency),
                    checked == null ? null : Duration.between(checked, now).toSeconds(),
                    check.reason());
        }
    }
}
