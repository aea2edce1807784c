package io.breakwater.core.metrics;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls that a rate limit refused. The labels are the level of the limit and the tool, which is in the catalog.
 * Because tool sources can add to the catalog, the number of series is limited: further tools share one. Thread-safe.
 */
public final class RateLimitMeter {
    private static final int MAX_SERIES = 2_048;

    private final MetricSink sink;
    private final Map<Series, LongAdder> counts = new ConcurrentHashMap<>();

    private record Series(String level, String tool) {}

    /** Registers its counters in this sink, each with the first call that it counts. */
    public RateLimitMeter(MetricSink sink) {
        this.sink = sink;
    }

    /**
     * Counts one refused call.
     *
     * @param level the level of the limit
     * @param tool the name of a tool of the catalog; null for other methods
     */
    public void record(String level, @Nullable String tool) {
        var series = new Series(level, new CallKey(CallKey.UNKNOWN, tool).toolLabel());
        var known = counts.get(series);
        if (known == null) {
            var counted = counts.size() < MAX_SERIES ? series : new Series(level, CallKey.UNKNOWN);
            known = counts.computeIfAbsent(counted, this::register);
        }
        known.increment();
    }

    private LongAdder register(Series series) {
        var count = new LongAdder();
        sink.counter(
                "mcp_rate_limited_total",
                "Calls refused by a rate limit.",
                Map.of("level", series.level(), "tool", series.tool()),
                count::sum);
        return count;
    }
}
