package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.LatencyStats;
import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of the server, as {@code get_metrics} says them. */
@Description("The figures of the server.")
record MetricsResult(
        @Description("All calls since the server started.") Summary total,

        @Description("The calls of the last few minutes.") Summary recent,

        @Description(
                "The calls of each tool since the server started; tools that were never called are absent. The tool"
                        + " \"unknown\" stands for all names that are no tool of this server.")
        List<Calls> tools,

        @Description("The calls of each other method since the server started.")
        List<Calls> methods,

        @Description("The result cache.") Cache cache,

        @Description("What else is counted: connections, sessions, pools.")
        List<Figure> figures) {

    static MetricsResult of(MetricsSnapshot report) {
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
            @Description("The span that the figures cover, in seconds.") @Name("span_seconds")
            long spanSeconds,

            @Description("How many calls ended.") long calls,

            @Description("How many of them failed, whosever fault that was.")
            long errors,

            @Description("Share of calls that failed, 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description("How many failed by a fault of the server or of a system behind it.")
            long faults,

            @Description("How long calls took.") Times latency) {

        static Summary of(RequestStats load, LatencyStats latency) {
            return new Summary(
                    load.span().toSeconds(),
                    load.calls(),
                    load.failed(),
                    RoundedNumbers.share(load.errorRate()),
                    load.faults(),
                    Times.of(latency));
        }
    }

    record Times(
            @Description("Average, in milliseconds.") @Name("mean_ms")
            double meanMs,

            @Description("Half of the calls took no longer, in milliseconds.") @Name("p50_ms")
            double p50Ms,

            @Description("95 of 100 calls took no longer, in milliseconds.") @Name("p95_ms")
            double p95Ms,

            @Description("99 of 100 calls took no longer, in milliseconds.") @Name("p99_ms")
            double p99Ms) {

        static Times of(LatencyStats latency) {
            return new Times(
                    RoundedNumbers.milliseconds(latency.mean()),
                    RoundedNumbers.milliseconds(latency.p50()),
                    RoundedNumbers.milliseconds(latency.p95()),
                    RoundedNumbers.milliseconds(latency.p99()));
        }
    }

    record Calls(
            @Description("Which tool or method.") String name,

            @Description("How many calls ended.") long calls,

            @Description("Share of calls that failed, 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description("How many ended in which way; ok, or the code of the error in lower case.")
            Map<String, Long> statuses,

            @Description("How long they took.") Times latency) {

        static List<Calls> ofTool(MetricsSnapshot.Calls calls) {
            String tool = calls.tool();
            return tool == null ? List.of() : List.of(of(tool, calls));
        }

        static List<Calls> ofMethod(MetricsSnapshot.Calls calls) {
            return calls.tool() == null ? List.of(of(calls.method(), calls)) : List.of();
        }

        private static Calls of(String name, MetricsSnapshot.Calls calls) {
            return new Calls(
                    name,
                    calls.load().calls(),
                    RoundedNumbers.share(calls.load().errorRate()),
                    calls.statuses(),
                    Times.of(calls.latency()));
        }
    }

    record Cache(
            @Description("Share of lookups that some tier answered, 0 to 1; absent when there were none.")
            @Name("hit_rate")
            @Nullable
            Double hitRate,

            @Description("Each tier.") List<Tier> tiers) {

        static Cache of(MetricsSnapshot report) {
            boolean asked = report.caches().stream().anyMatch(cache -> cache.lookups() > 0);
            return new Cache(
                    asked ? RoundedNumbers.share(report.cacheHitRate()) : null,
                    report.caches().stream().map(Tier::of).toList());
        }
    }

    record Tier(
            @Description("Its name.") String tier,

            @Description("What it did how often since the server started.")
            Map<String, Long> operations) {

        static Tier of(MetricsSnapshot.Cache cache) {
            return new Tier(cache.tier(), cache.operations());
        }
    }

    record Figure(
            @Description("Its name, as in the metrics.") String name,

            @Description("What it is told apart by.") Map<String, String> labels,

            @Description("Its present value.") double value) {

        static Figure of(MetricsSnapshot.Figure figure) {
            return new Figure(figure.name(), figure.labels(), figure.value());
        }
    }
}
