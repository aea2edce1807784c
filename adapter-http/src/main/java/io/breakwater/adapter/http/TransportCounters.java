package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the transport counts, and the caps that hang on it. Thread-safe. */
final class TransportCounters {
    private final Map<RequestRejection, LongAdder> refused = new EnumMap<>(RequestRejection.class);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final int mostStreams;

    TransportCounters(int mostStreams) {
        this.mostStreams = mostStreams;
        for (var refusal : RequestRejection.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    void bindMetrics(MetricSink figures) {
        figures.gauge("mcp_active_connections", "HTTP connections that are open.", Map.of(), connections::get);
        figures.gauge("mcp_open_streams", "Event streams that are open.", Map.of(), streams::get);
        refused.forEach((why, count) -> figures.counter(
                "mcp_http_refused_total",
                "Requests and connections turned away at the door.",
                Map.of("reason", why.name().toLowerCase(Locale.ROOT)),
                count::sum));
    }

    void refused(RequestRejection why) {
        refused.computeIfAbsent(why, never -> new LongAdder()).increment();
    }

    AtomicInteger connections() {
        return connections;
    }

    /** Reserves room for one more stream; whoever got it gives it back once. */
    boolean tryOpenStream() {
        if (streams.incrementAndGet() <= mostStreams) {
            return true;
        }
        streams.decrementAndGet();
        return false;
    }

    void streamClosed() {
        streams.decrementAndGet();
    }
}
