package io.breakwater.port;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Registers metrics of adapters, such as connections, pool sizes and driver queues. Each scrape calls the supplier, on
 * any thread; it must not block.
 */
public interface MetricSink {

    /**
     * Registers a gauge.
     *
     * @param name Prometheus style, with the base unit as suffix: {@code mcp_active_connections}
     * @param help one sentence for the operator
     * @param labels fixed for the life of the metric; never derived from a request
     * @param value supplies the current value
     */
    void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /**
     * Registers a counter, which only grows from the start of the process.
     *
     * @param name Prometheus style, ending in {@code _total}: {@code mcp_http_refused_total}
     * @param help one sentence for the operator
     * @param labels fixed for the life of the metric
     * @param value supplies the total since the start
     */
    void counter(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /** Returns a sink that ignores all metrics. */
    static MetricSink none() {
        return new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {}

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {}
        };
    }
}
