package io.breakwater.port;

import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * How an adapter shows what only it can count (connections, pool sizes, driver queues). The supplier is asked at each
 * reading, from any thread, and must not block.
 */
public interface MetricSink {

    /**
     * A figure that goes up and down.
     *
     * @param name Prometheus style, with the base unit as suffix: {@code mcp_active_connections}
     * @param help one sentence for the operator
     * @param labels fixed for the life of the figure; never taken from a request
     * @param value the present value
     */
    void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /**
     * A figure that only grows from the start of the process.
     *
     * @param name Prometheus style, ending in {@code _total}: {@code mcp_http_refused_total}
     * @param help one sentence for the operator
     * @param labels fixed for the life of the figure
     * @param value the total so far
     */
    void counter(String name, String help, Map<String, String> labels, DoubleSupplier value);

    /** Figures that nobody reads. */
    static MetricSink none() {
        return new MetricSink() {
            @Override
            public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {}

            @Override
            public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {}
        };
    }
}
