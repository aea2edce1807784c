package io.breakwater.core.business.health;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a server.
 *
 * @param total since the start
 * @param latency since the start
 * @param recent the last few minutes
 * @param recentLatency the last few minutes
 * @param calls per method and tool that was called, since the start, by name
 * @param caches per cache tier that was asked, since the start
 * @param figures what adapters show beside these
 */
public record MetricsSnapshot(
        RequestStats total,
        LatencyStats latency,
        RequestStats recent,
        LatencyStats recentLatency,
        List<Calls> calls,
        List<Cache> caches,
        List<Figure> figures) {

    /** Copies the lists. */
    public MetricsSnapshot {
        calls = List.copyOf(calls);
        caches = List.copyOf(caches);
        figures = List.copyOf(figures);
    }

    /**
     * The share of lookups that some tier answered; 0 when there were none. Every lookup asks the nearest tier first,
     * so the tier that was asked most counts them all.
     */
    public double cacheHitRate() {
        long lookups = caches.stream().mapToLong(Cache::lookups).max().orElse(0);
        long hits = caches.stream().mapToLong(Cache::hits).sum();
        return lookups == 0 ? 0 : (double) hits / lookups;
    }

    /**
     * Calls of one kind.
     *
     * @param method the MCP method
     * @param tool the tool, where the method calls one
     * @param statuses how many ended in which way; a way that never occurred is absent
     * @param load the same in sums
     * @param latency how long they took
     */
    public record Calls(
            String method,
            @Nullable String tool,
            SequencedMap<String, Long> statuses,
            RequestStats load,
            LatencyStats latency) {}

    /**
     * One cache tier.
     *
     * @param tier its name: {@code memory}
     * @param hits lookups it answered
     * @param misses lookups it did not
     * @param operations everything it was asked to do, by kind; a kind that never occurred is absent
     */
    public record Cache(String tier, long hits, long misses, SequencedMap<String, Long> operations) {

        /** How often it was asked. */
        public long lookups() {
            return hits + misses;
        }
    }

    /**
     * What an adapter counts.
     *
     * @param name Prometheus style
     * @param labels fixed ones
     * @param value at this moment
     */
    public record Figure(String name, Map<String, String> labels, double value) {}
}
