package io.breakwater.core.metrics;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts calls with idempotency keys by tool and outcome. A series begins with the first call that it counts. The number
 * of tools is limited, because tool sources can add to the catalog; all further tools share one label. Thread-safe.
 */
public final class IdempotencyMeter {
    private static final int MAX_TOOLS = 1_000;

    private final MetricSink metrics;
    private final Map<String, Map<IdempotencyOutcome, LongAdder>> tools = new ConcurrentHashMap<>();

    /** Creates a meter whose series appear in these metrics. */
    public IdempotencyMeter(MetricSink metrics) {
        this.metrics = metrics;
    }

    /** Counts a call of a tool of the catalog. */
    public void record(String tool, IdempotencyOutcome outcome) {
        var label = tools.size() < MAX_TOOLS || tools.containsKey(tool) ? tool : CallKey.UNKNOWN;
        tools.computeIfAbsent(label, missing -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcome, missing -> series(label, missing))
                .increment();
    }

    private LongAdder series(String tool, IdempotencyOutcome outcome) {
        var count = new LongAdder();
        metrics.counter(
                "mcp_idempotent_calls_total",
                "Calls with idempotency keys by tool and outcome.",
                Map.of("tool", tool, "outcome", outcome.word()),
                count::sum);
        return count;
    }
}
