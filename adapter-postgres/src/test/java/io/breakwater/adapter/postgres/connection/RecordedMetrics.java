package io.breakwater.adapter.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.MetricSink;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Metrics that a test reads, each by its name and labels: {@code mcp_pool_connections{pool=database, state=idle}}. */
public final class RecordedMetrics implements MetricSink {
    private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

    /** A pool of that server, called {@code test}, whose metrics these are. */
    ConnectionPool pool(ConnectionString server, PoolSettings settings) {
        return pool(server, settings, OutageLog.logging("test"));
    }

    /** The same, whose outages are told to another log. */
    ConnectionPool pool(ConnectionString server, PoolSettings settings, OutageLog outages) {
        var pool = new ConnectionPool(
                "test",
                settings,
                SessionSettings.none(),
                StatementFrame.none(),
                new ServerDataSource(server, Map.of(), Map.of()),
                outages,
                "PoolSettings.leakAfter");
        pool.bindMetrics(this);
        return pool;
    }

    /** What it is now. */
    public double value(String figure) {
        assertThat(values).containsKey(figure);
        return values.getOrDefault(figure, () -> Double.NaN).getAsDouble();
    }

    @Override
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        values.put(name + new TreeMap<>(labels), value);
    }

    @Override
    public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        gauge(name, help, labels, value);
    }
}
