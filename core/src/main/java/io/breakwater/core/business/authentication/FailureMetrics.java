package io.breakwater.core.business.authentication;

import io.breakwater.port.MetricSink;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests that are not authenticated, by their reason. Thread-safe. */
public final class FailureMetrics implements FailureListener {
    private final Map<FailureReason, LongAdder> counts = new EnumMap<>(FailureReason.class);

    /** Creates counters for all reasons. */
    public FailureMetrics() {
        for (var reason : FailureReason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    @Override
    public void failed(FailureReason reason, String address, String detail) {
        counter(reason).increment();
    }

    private LongAdder counter(FailureReason reason) {
        return counts.getOrDefault(reason, new LongAdder());
    }

    /** Registers the metrics, which have one series for each reason. */
    public void bindTo(MetricSink sink) {
        counts.forEach((reason, count) -> sink.counter(
                "mcp_auth_failures_total",
                "Requests that were not authenticated.",
                Map.of("reason", reason.label()),
                count::sum));
    }
}
