package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.LatencyStats;
import io.breakwater.core.business.health.MetricsSnapshot;
import io.breakwater.core.business.health.RequestStats;
import io.breakwater.core.business.quota.QuotaUsage;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The result of {@code get_metrics}. */
@Description("The metrics of the server.")
record MetricsResult(
        @Description("All calls since the server started.") Summary total,

        @Description("The calls of the last few minutes.") Summary recent,

        @Description("The calls of each tool since the server started; tools without calls are absent, and"
                + " so are those that you may not use."
                + " The tool \"unknown\" covers all names that are not tools of this server.")
        List<Calls> tools,

        @Description("The calls of each other method since the server started.")
        List<Calls> methods,

        @Description("The result cache.") Cache cache,

        @Description("Your quotas for today; empty if you have none.")
        List<Quota> quotas,

        @Description("Other metrics: connections, sessions, connection pools.")
        List<Figure> figures) {

    /** A tool without a cost class has one of its own name. */
    private static final List<String> TOOL_LABELS = List.of("tool", "cost_class");

    private static final String NO_TOOL = "none";

    /** What metrics have in place of the name of a tool. */
    private static final Set<String> NO_TOOLS = Set.of(NO_TOOL, "unknown", "(methods)");

    /**
     * Returns the metrics for a caller.
     *
     * @param visibleTools whether the caller may know the tool with a name
     */
    static MetricsResult of(MetricsSnapshot report, List<QuotaUsage> quotas, Predicate<String> visibleTools) {
        return new MetricsResult(
                Summary.of(report.total(), report.latency()),
                Summary.of(report.recent(), report.recentLatency()),
                report.calls().stream()
                        .map(Calls::ofTool)
                        .flatMap(List::stream)
                        .filter(calls -> isVisible(calls.name(), visibleTools))
                        .toList(),
                report.calls().stream()
                        .map(Calls::ofMethod)
                        .flatMap(List::stream)
                        .toList(),
                Cache.of(report),
                quotas.stream().map(Quota::of).toList(),
                report.figures().stream()
                        .filter(figure -> Double.isFinite(figure.value()))
                        .filter(figure -> TOOL_LABELS.stream()
                                .allMatch(
                                        label -> isVisible(figure.labels().getOrDefault(label, NO_TOOL), visibleTools)))
                        .map(Figure::of)
                        .toList());
    }

    private static boolean isVisible(String tool, Predicate<String> visibleTools) {
        return NO_TOOLS.contains(tool) || visibleTools.test(tool);
    }

    record Summary(
            @Description("The period that these statistics cover, in seconds.") @Name("span_seconds")
            long spanSeconds,

            @Description("The number of calls that ended.") long calls,

            @Description("The number of calls that failed for any reason.")
            long errors,

            @Description("The share of calls that failed, from 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description("The number of calls that failed because of the server or of a dependency.")
            long faults,

            @Description("The latency of the calls.") Times latency) {

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
            @Description("The mean, in milliseconds.") @Name("mean_ms")
            double meanMs,

            @Description("The 50th percentile, in milliseconds.") @Name("p50_ms")
            double p50Ms,

            @Description("The 95th percentile, in milliseconds.") @Name("p95_ms")
            double p95Ms,

            @Description("The 99th percentile, in milliseconds.") @Name("p99_ms")
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
            @Description("The name of the tool or method.") String name,

            @Description("The number of calls that ended.") long calls,

            @Description("The share of calls that failed, from 0 to 1.") @Name("error_rate")
            double errorRate,

            @Description("The number of calls by status: ok, or an error code in lower case.")
            Map<String, Long> statuses,

            @Description("The latency of the calls.") Times latency) {

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
            @Description("The share of lookups with a hit in any tier, from 0 to 1; absent if there were no lookups.")
            @Name("hit_rate")
            @Nullable
            Double hitRate,

            @Description("The tiers of the cache.") List<Tier> tiers) {

        static Cache of(MetricsSnapshot report) {
            boolean hasLookups = report.caches().stream().anyMatch(cache -> cache.lookups() > 0);
            return new Cache(
                    hasLookups ? RoundedNumbers.share(report.cacheHitRate()) : null,
                    report.caches().stream().map(Tier::of).toList());
        }
    }

    record Tier(
            @Description("The name of the tier.") String tier,

            @Description("The number of operations by kind, since the server started.")
            Map<String, Long> operations) {

        static Tier of(MetricsSnapshot.Cache cache) {
            return new Tier(cache.tier(), cache.operations());
        }
    }

    record Quota(
            @Description(
                    "principal: only your usage counts. tenant: the usage of all principals of your tenant counts.")
            @AllowedValues({"principal", "tenant"})
            String scope,

            @Description("calls: calls of tools, reads of resources and uses of prompts. rows: rows that SQL tools"
                    + " return. cost: the cost of SQL statements in planner units, as estimated before they run.")
            @AllowedValues({"calls", "rows", "cost"})
            String kind,

            @Description("The quota for a day.") long limit,

            @Description("The usage today.") double used,

            @Description("The time at which the quota resets.") @Name("resets_at")
            Instant resetsAt) {

        static Quota of(QuotaUsage usage) {
            return new Quota(
                    usage.scope().name().toLowerCase(Locale.ROOT),
                    usage.kind().name().toLowerCase(Locale.ROOT),
                    Math.round(usage.limit()),
                    RoundedNumbers.amount(usage.used()),
                    usage.resetsAt());
        }
    }

    record Figure(
            @Description("The name of the metric.") String name,

            @Description("The labels of the metric.") Map<String, String> labels,

            @Description("The current value.") double value) {

        static Figure of(MetricsSnapshot.Metric figure) {
            return new Figure(figure.name(), figure.labels(), figure.value());
        }
    }
}
