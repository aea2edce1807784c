package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.Latency;
import io.breakwater.core.business.health.Load;
import io.breakwater.core.business.health.TrafficReport;
import io.breakwater.core.presentation.catalog.schema.Describe;
import io.breakwater.core.presentation.catalog.schema.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of the server, as {@code get_metrics} says them. */
@Describe("The figures of the server.")
record MetricsResult(
        @Describe("All calls since the server started.") Summary total,

        @Describe("The calls of the last few minutes.") Summary recent,

        @Describe("The calls of each tool since the server started; tools that were never called are absent. The tool"
                + " \"unknown\" stands for all names that are no tool of this server.")
        List<Calls> tools,

        @Describe("The calls of each other method since the server started.")
        List<Calls> methods,

        @Describe("The result cache.") Cache cache,

        @Describe("What else is counted: connections, sessions, pools.")
        List<Figure> figures) {

    static MetricsResult of(TrafficReport report) {
        return new MetricsResult(
                Summary.of(report.total(), report.latency()),
                Summary.of(report.recent(), report.recentLatency()),
                report.calls().stream().map(Calls::ofTool).flatMap(List::stream).toList(),
                report.calls().stream()
                        .map(Calls::ofMethod)
                        .flatMap(List::stream)
                        .toList(),
                Cache.of(report),
                report.figures().stream()
                        .filter(figure -> Double.isFinite(figure.value()))
                        .map(Figure::of)
                        .toList());
    }

    record Summary(
            @Describe("The span that the figures cover, in seconds.") @Name("span_seconds")
            long spanSeconds,

            @Describe("How many calls ended.") long calls,

            @Describe("How many of them failed, whosever fault that was.")
            long errors,

            @Describe("Share of calls that failed, 0 to 1.") @Name("error_rate")
            double errorRate,

            @Describe("How many failed by a fault of the server or of a system behind it.")
            long faults,

            @Describe("How long calls took.") Times latency) {

        static Summary of(Load load, Latency latency) {
            return new Summary(
                    load.span().toSeconds(),
                    load.calls(),
                    load.failed(),
                    Rounded.share(load.errorRate()),
                    load.faults(),
                    Times.of(latency));
        }
    }

    record Times(
            @Describe("Average, in milliseconds.") @Name("mean_ms")
            double meanMs,

            @Describe("Half of the calls took no longer, in milliseconds.") @Name("p50_ms")
            double p50Ms,

            @Describe("95 of 100 calls took no longer, in milliseconds.") @Name("p95_ms")
            double p95Ms,

            @Describe("99 of 100 calls took no longer, in milliseconds.") @Name("p99_ms")
            double p99Ms) {

        static Times of(Latency latency) {
            return new Times(
                    Rounded.milliseconds(latency.mean()),
                    Rounded.milliseconds(latency.p50()),
                    Rounded.milliseconds(latency.p95()),
                    Rounded.milliseconds(latency.p99()));
        }
    }

    record Calls(
            @Describe("Which tool or method.") String name,

            @Describe("How many calls ended.") long calls,

            @Describe("Share of calls that failed, 0 to 1.") @Name("error_rate")
            double errorRate,

            @Describe("How many ended in which way; ok, or the code of the error in lower case.")
            Map<String, Long> statuses,

            @Describe("How long they took.") Times latency) {

        static List<Calls> ofTool(TrafficReport.Calls calls) {
            String tool = calls.tool();
            return tool == null ? List.of() : List.of(of(tool, calls));
        }

        static List<Calls> ofMethod(TrafficReport.Calls calls) {
            return calls.tool() == null ? List.of(of(calls.method(), calls)) : List.of();
        }

        private static Calls of(String name, TrafficReport.Calls calls) {
            return new Calls(
                    name,
                    calls.load().calls(),
                    Rounded.share(calls.load().errorRate()),
                    calls.statuses(),
                    Times.of(calls.latency()));
        }
    }

    record Cache(
            @Describe("Share of lookups that some tier answered, 0 to 1; absent when there were none.")
            @Name("hit_rate")
            @Nullable
            Double hitRate,

            @Describe("Each tier.") List<Tier> tiers) {

        static Cache of(TrafficReport report) {
            boolean asked = report.caches().stream().anyMatch(cache -> cache.lookups() > 0);
            return new Cache(
                    asked ? Rounded.share(report.cacheHitRate()) : null,
                    report.caches().stream().map(Tier::of).toList());
        }
    }

    record Tier(
            @Describe("Its name.") String tier,

            @Describe("What it did how often since the server started.")
            Map<String, Long> operations) {

        static Tier of(TrafficReport.Cache cache) {
            return new Tier(cache.tier(), cache.operations());
        }
    }

    record Figure(
            @Describe("Its name, as in the metrics.") String name,

            @Describe("What it is told apart by.") Map<String, String> labels,

            @Describe("Its present value.") double value) {

        static Figure of(TrafficReport.Figure figure) {
            return new Figure(figure.name(), figure.labels(), figure.value());
        }
    }
}
