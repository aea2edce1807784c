package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.CheckReport;
import io.breakwater.core.business.health.HealthReport;
import io.breakwater.core.business.health.Host;
import io.breakwater.core.business.health.Load;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import io.breakwater.core.presentation.catalog.schema.OneOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the server is doing, as {@code health_check} says it. */
@Describe("How the server is doing, and why.")
record HealthResult(
        @Describe(
                "healthy: all is well. degraded: it works, but somebody should look. unhealthy: it cannot do its work.")
        @OneOf({"healthy", "degraded", "unhealthy"})
        String status,

        @Describe("What made it worse than healthy, by name: errors, memory, cpu, disk, or a dependency; empty when"
                + " healthy.")
        List<String> causes,

        @Describe("What made it worse than healthy, one sentence each; empty when healthy.")
        List<String> reasons,

        @Describe("When this was said.") Instant at,

        @Describe("Seconds since the server started.") @Name("uptime_seconds")
        long uptimeSeconds,

        @Describe("The server's version.") String version,

        @Describe("Where it runs, for instance production.") String environment,

        @Describe("The calls of the last few minutes.") Calls calls,

        @Describe("The machine under the server.") Machine machine,

        @Describe("What the server leans on.") List<Dependency> dependencies) {

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
            @Describe("The span that the figures cover, in seconds.") @Name("window_seconds")
            long windowSeconds,

            @Describe("How many calls ended.") long count,

            @Describe("Share of calls that failed, whosever fault that was; 0 to 1.") @Name("error_rate")
            double errorRate,

            @Describe("Share of calls that failed by a fault of the server or of a system behind it; 0 to 1. The status"
                    + " is judged by this one.")
            @Name("fault_rate")
            double faultRate) {

        static Calls of(Load load) {
            return new Calls(
                    load.span().toSeconds(),
                    load.calls(),
                    Rounded.share(load.errorRate()),
                    Rounded.share(load.faultRate()));
        }
    }

    record Machine(
            @Describe("Busy share of all processors over the last minute, 0 to 1; absent when it cannot be told.")
            @Nullable
            Double cpu,

            @Describe("Share of the heap in use after garbage collection, 0 to 1; absent when it cannot be told.")
            @Nullable
            Double memory,

            @Describe("Used share of the working disk, 0 to 1; absent when it cannot be told.") @Nullable
            Double disk) {

        static Machine of(Host.Reading reading) {
            return new Machine(
                    Rounded.knownShare(reading.cpu()),
                    Rounded.knownShare(reading.memory()),
                    Rounded.knownShare(reading.disk()));
        }
    }

    record Dependency(
            @Describe("How operators call it.") String name,

            @Describe("Whether the server is of no use without it.")
            boolean required,

            @Describe("unknown: it has not answered yet.") @OneOf({"up", "down", "unknown"})
            String status,

            @Describe("Since when it is so.") @Nullable Instant since,

            @Describe("How long it took to answer, in milliseconds; absent when it did not.")
            @Name("latency_ms")
            @Nullable
            Double latencyMs,

            @Describe("Age of this finding, in seconds.") @Name("age_seconds") @Nullable
            Long ageSeconds,

            @Describe("Why it is down.") @Nullable String reason) {

        static Dependency of(CheckReport check, Instant now) {
            Instant checked = check.checkedAt();
            Duration latency = check.latency();
            return new Dependency(
                    check.name(),
                    check.required(),
                    word(check.state()),
                    check.since(),
                    latency == null ? null : Rounded.milliseconds(latency),
                    checked == null ? null : Duration.between(checked, now).toSeconds(),
                    check.reason());
        }
    }
}
