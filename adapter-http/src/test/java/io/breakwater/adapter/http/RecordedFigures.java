package io.breakwater.adapter.http;

import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Figures that a test reads. */
final class RecordedFigures implements MetricSink {
    private final Map<String, DoubleSupplier> figures = new ConcurrentHashMap<>();

    @Override
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        figures.put(name + labels, value);
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

    private long read(String key) {
        var figure = figures.get(key);
        if (figure == null) {
            throw new AssertionError("no figure " + key + " among " + figures.keySet());
        }
        return (long) figure.getAsDouble();
    }
}
