package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the transport, and the limit on open streams. Thread-safe. */
final class TransportCounters {
    private final Map<RequestRejection, LongAdder> refused = new EnumMap<>(RequestRejection.class);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final LongAdder unknownCallers = new LongAdder();
    private final int maxStreams;

    TransportCounters(int maxStreams) {
        this.maxStreams = maxStreams;
        for (var refusal : RequestRejection.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    void bindMetrics(MetricSink metrics) {
        metrics.gauge("mcp_active_connections", "HTTP connections that are open.", Map.of(), connections::get);
        bindRequestMetrics(metrics);
    }

    /** Registers the metrics that do not count connections. */
    void bindRequestMetrics(MetricSink metrics) {
        metrics.gauge("mcp_open_streams", "Event streams that are open.", Map.of(), streams::get);
        refused.forEach((why, count) -> metrics.counter(
                "mcp_http_refused_total",
                "Requests and connections that the transport refused.",
                Map.of("reason", why.name().toLowerCase(Locale.ROOT)),
                count::sum));
        metrics.counter(
                "mcp_http_unknown_callers_total",
                "Requests from a trusted proxy whose forwarding field does not name the caller.",
                Map.of(),
                unknownCallers::sum);
    }

    /** Counts a request whose caller a trusted proxy does not name. */
    void callerUnknown() {
        unknownCallers.increment();
    }

    void refused(RequestRejection why) {
        refused.computeIfAbsent(why, reason -> new LongAdder()).increment();
    }

    /** Returns the number of refused requests and connections, for all reasons together. */
    long allRefused() {
        return refused.values().stream().mapToLong(LongAdder::sum).sum();
    }

    AtomicInteger connections() {
        return connections;
    }

    /** Counts one more stream if the limit allows it; the caller must call {@link #streamClosed} once. */
    boolean tryOpenStream() {
        if (streams.incrementAndGet() <= maxStreams) {
            return true;
        }
        streams.decrementAndGet();
        return false;
    }

    void streamClosed() {
        streams.decrementAndGet();
    }
}
