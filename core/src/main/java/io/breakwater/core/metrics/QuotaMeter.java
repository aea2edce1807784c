package io.breakwater.core.metrics;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what quotas refused. The labels are the scope and the kind of the quota, and never a caller. Thread-safe. */
public final class QuotaMeter {
    private final MetricSink sink;
    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();

    private record Series(String scope, String kind) {}

    /** Registers its counters in this sink, each with the first refusal that it counts. */
    public QuotaMeter(MetricSink sink) {
        this.sink = sink;
    }

    /**
     * Counts one refusal.
     *
     * @param scope whose usage counts, such as {@code tenant}
     * @param kind what counts, such as {@code calls}
     */
    public void record(String scope, String kind) {
        counts.computeIfAbsent(new Series(scope, kind), this::register).increment();
    }

    private LongAdder register(Series series) {
        var count = new LongAdder();
        sink.counter(
                "mcp_quota_exceeded_total",
                "Calls and statements refused by a quota.",
                Map.of("scope", series.scope(), "kind", series.kind()),
                count::sum);
        return count;
    }
}
