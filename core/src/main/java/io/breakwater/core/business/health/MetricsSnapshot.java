package io.breakwater.core.business.health;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a server.
 *
 * @param total the calls since the start
 * @param latency the durations since the start
 * @param recent the calls of the last few minutes
 * @param recentLatency the durations of the last few minutes
 * @param calls the calls since the start for each called method and tool, sorted by name
 * @param caches the lookups since the start for each cache tier
 * @param figures the metrics of adapters
 */
public record MetricsSnapshot(
        RequestStats total,
        LatencyStats latency,
        RequestStats recent,
        LatencyStats recentLatency,
        List<Calls> calls,
        List<Cache> caches,
        List<Metric> figures) {

    /** Copies the lists. */
    public MetricsSnapshot {
        calls = List.copyOf(calls);
        caches = List.copyOf(caches);
        figures = List.copyOf(figures);
    }

    /**
     * Returns the share of lookups that any tier answered; 0 if there were none. Every lookup begins at the local tier,
     * so the tier with the most lookups has seen all of them.
     */
    public double cacheHitRate() {
        long lookups = caches.stream().mapToLong(Cache::lookups).max().orElse(0);
        long hits = caches.stream().mapToLong(Cache::hits).sum();
        return lookups == 0 ? 0 : (double) hits / lookups;
    }

    /**
     * The calls of one method or tool.
     *
     * @param method the MCP method
     * @param tool the tool, if the method calls one
     * @param statuses the number of calls for each status that occurred
     * @param load the sums of these calls
     * @param latency the durations of these calls
     */
    public record Calls(
            String method,
            @Nullable String tool,
            SequencedMap<String, Long> statuses,
            RequestStats load,
            LatencyStats latency) {}

    /**
     * The lookups of one cache tier.
     *
     * @param tier the name of the tier, such as {@code memory}
     * @param hits the number of lookups that found a result
     * @param misses the number of lookups that did not
     * @param operations the number of operations of each kind that occurred
     */
    public record Cache(String tier, long hits, long misses, SequencedMap<String, Long> operations) {

        /** Returns the number of lookups. */
        public long lookups() {
            return hits + misses;
        }
    }

    /**
     * A metric of an adapter.
     *
     * @param name the name, in Prometheus style
     * @param labels the labels, which do not change
     * @param value the current value
     */
    public record Metric(String name, Map<String, String> labels, double value) {}
}
