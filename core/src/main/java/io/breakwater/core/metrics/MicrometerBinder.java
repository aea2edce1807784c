package io.breakwater.core.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Shows our counters in a Micrometer registry. The registry never counts: it reads when it is scraped, so recording
 * costs the same whatever registry there is. Showing the same series again does nothing. Micrometer refers weakly to
 * what it reads; {@link ServerMetrics} holds it.
 */
final class MicrometerBinder {
    private final MeterRegistry registry;
    private final Map<Series, Meter> shown = new ConcurrentHashMap<>();

    private record Series(String name, Tags labels) {}

    MicrometerBinder(MeterRegistry registry) {
        this.registry = registry;
    }

    void requests(CallMeter calls, CallStatus status) {
        counter(
                new Series("mcp_requests_total", labels(calls).and("status", status.word())),
                "Requests by method, tool and how they ended.",
                calls,
                counted -> counted.count(status));
    }

    void durations(CallMeter calls) {
        var series = new Series("mcp_request_duration_seconds", labels(calls));
        shown.computeIfAbsent(
                series,
                missing -> FunctionTimer.builder(
                                series.name(), calls, CallMeter::timed, CallMeter::nanos, TimeUnit.NANOSECONDS)
                        .description("Time from the arrival of a request to its outcome.")
                        .tags(series.labels())
                        .register(registry));
    }

    void usage(CallMeter calls, boolean success) {
        var labels = Tags.of("tool_name", calls.key().toolLabel(), "success", Boolean.toString(success));
        counter(
                new Series("mcp_tool_usage_total", labels),
                "Calls of a tool by whether they succeeded.",
                calls,
                counted -> success ? counted.calls() - counted.failed() : counted.failed());
    }

    void errors(ServerMetrics all, CallStatus status) {
        counter(
                new Series("mcp_errors_total", Tags.of("error_type", status.word())),
                "Failed requests by the kind of error.",
                all,
                counted -> counted.count(status));
    }

    void overload(ServerMetrics all) {
        counter(
                new Series("mcp_overload_rejected_total", Tags.empty()),
                "Requests refused because the server had no room.",
                all,
                counted -> counted.count(CallStatus.OVERLOADED));
    }

    void cache(CacheMeter cache, String tier, CacheOperation operation) {
        counter(
                new Series("mcp_cache_operations_total", Tags.of("tier", tier, "type", operation.word())),
                "What the tiers of the result cache do.",
                cache,
                counted -> counted.count(operation));
    }

    void loads(CacheLoadMeter loads) {
        shown.computeIfAbsent(
                new Series("mcp_cache_load_duration_seconds", Tags.empty()),
                series -> FunctionTimer.builder(
                                series.name(),
                                loads,
                                CacheLoadMeter::loads,
                                CacheLoadMeter::nanos,
                                TimeUnit.NANOSECONDS)
                        .description("Time to make results that the cache did not have.")
                        .register(registry));
    }

    void gauge(BoundMetric figure, String name, String help, Map<String, String> labels) {
        ToDoubleFunction<BoundMetric> value = BoundMetric::value;
        var series = new Series(name, labels(labels));
        shown.computeIfAbsent(
                series,
                missing -> Gauge.builder(name, figure, value)
                        .description(help)
                        .tags(series.labels())
                        .register(registry));
    }

    void counter(BoundMetric figure, String name, String help, Map<String, String> labels) {
        counter(new Series(name, labels(labels)), help, figure, BoundMetric::value);
    }

    private <T> void counter(Series series, String help, T counted, ToDoubleFunction<T> count) {
        shown.computeIfAbsent(
                series,
                missing -> FunctionCounter.builder(series.name(), counted, count)
                        .description(help)
                        .tags(series.labels())
                        .register(registry));
    }

    /** Takes everything out again: the registry may belong to an application that goes on without us. */
    void close() {
        shown.values().forEach(registry::remove);
        shown.clear();
    }

    private static Tags labels(CallMeter calls) {
        return Tags.of("method", calls.key().method(), "tool", calls.key().toolLabel());
    }

    private static Tags labels(Map<String, String> labels) {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }
}
