package io.breakwater.core.metrics;

import io.breakwater.server.interceptor.CallStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Binds the counters to a Micrometer registry, which reads them when it is scraped. Only the durations of calls are
 * recorded in the registry itself, because Micrometer has no other way to publish a histogram. Binding a series again
 * does nothing. Micrometer holds only weak references to the counters; {@link ServerMetrics} holds the strong ones.
 */
final class MicrometerBinder {
    /** The upper bounds of the buckets of durations, from 50 µs to 30 s. */
    private static final Duration[] BUCKETS = LongStream.of(
                    50,
                    100,
                    250,
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_000_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Series, Meter> bound = new ConcurrentHashMap<>();

    private record Series(String name, Tags labels) {}

    MicrometerBinder(MeterRegistry registry) {
        this.registry = registry;
    }

    void requests(CallMeter calls, CallStatus status) {
        counter(
                new Series("mcp_requests_total", labels(calls.key()).and("status", status.word())),
                "Requests by method, tool and status.",
                calls,
                source -> source.count(status));
    }

    /** Returns the histogram for the durations of a method or tool. */
    Timer durations(CallKey key) {
        var series = new Series("mcp_request_duration_seconds", labels(key));
        return (Timer) bound.computeIfAbsent(
                series,
                missing -> Timer.builder(series.name())
                        .description("Time from the arrival of a request to its outcome.")
                        .tags(series.labels())
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    void usage(CallMeter calls, boolean success) {
        var labels = Tags.of("tool_name", calls.key().toolLabel(), "success", Boolean.toString(success));
        counter(
                new Series("mcp_tool_usage_total", labels),
                "Calls of a tool by whether they succeeded.",
                calls,
                source -> success ? source.calls() - source.failed() : source.failed());
    }

    void errors(ServerMetrics all, CallStatus status) {
        counter(
                new Series("mcp_errors_total", Tags.of("error_type", status.word())),
                "Failed requests by the kind of error.",
                all,
                source -> source.count(status));
    }

    void overload(ServerMetrics all) {
        counter(
                new Series("mcp_overload_rejected_total", Tags.empty()),
                "Requests refused because the server had no free capacity.",
                all,
                source -> source.count(CallStatus.OVERLOADED));
    }

    void cache(CacheMeter cache, String tier, CacheOperation operation) {
        counter(
                new Series("mcp_cache_operations_total", Tags.of("tier", tier, "type", operation.word())),
                "Operations of the tiers of the result cache.",
                cache,
                source -> source.count(operation));
    }

    void loads(CacheLoadMeter loads) {
        bound.computeIfAbsent(
                new Series("mcp_cache_load_duration_seconds", Tags.empty()),
                series -> FunctionTimer.builder(
                                series.name(),
                                loads,
                                CacheLoadMeter::loads,
                                CacheLoadMeter::nanos,
                                TimeUnit.NANOSECONDS)
                        .description("Time to load results that were not cached.")
                        .register(registry));
    }

    void gauge(BoundMetric metric, String name, String help, Map<String, String> labels) {
        ToDoubleFunction<BoundMetric> value = BoundMetric::value;
        var series = new Series(name, labels(labels));
        bound.computeIfAbsent(
                series,
                missing -> Gauge.builder(name, metric, value)
                        .description(help)
                        .tags(series.labels())
                        .register(registry));
    }

    void counter(BoundMetric metric, String name, String help, Map<String, String> labels) {
        counter(new Series(name, labels(labels)), help, metric, BoundMetric::value);
    }

    private <T> void counter(Series series, String help, T source, ToDoubleFunction<T> value) {
        bound.computeIfAbsent(
                series,
                missing -> FunctionCounter.builder(series.name(), source, value)
                        .description(help)
                        .tags(series.labels())
                        .register(registry));
    }

    /** Removes all series, because the registry may belong to an application that continues to run. */
    void close() {
        bound.values().forEach(registry::remove);
        bound.clear();
    }

    private static Tags labels(CallKey key) {
        return Tags.of("method", key.method(), "tool", key.toolLabel());
    }

    private static Tags labels(Map<String, String> labels) {
        return Tags.of(labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
    }
}
