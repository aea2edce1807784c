package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** A metric sink whose values a test reads. */
final class RecordedMetrics implements MetricSink {
    private final Map<String, DoubleSupplier> metrics = new ConcurrentHashMap<>();

    @Override
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        metrics.put(name + labels, value);
    }

    @Override
    public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        gauge(name, help, labels, value);
    }

    long connections() {
        return read("mcp_active_connections{}");
    }

    long streams() {
        return read("mcp_open_streams{}");
    }

    long certificateEnd() {
        return read("mcp_http_certificate_end_timestamp_seconds{}");
    }

    long refused(String reason) {
        return read("mcp_http_refused_total{reason=" + reason + "}");
    }

    long read(String key) {
        var figure = metrics.get(key);
        if (figure == null) {
            throw new AssertionError("no metric " + key + " among " + metrics.keySet());
        }
        return (long) figure.getAsDouble();
    }
}
