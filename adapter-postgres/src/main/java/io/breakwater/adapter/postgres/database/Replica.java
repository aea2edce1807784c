package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.port.MetricSink;
import io.breakwater.port.SettingNames;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A replica of the database, and the time up to which it had all data at its last check. Thread-safe. */
final class Replica implements AutoCloseable {
    /** The longest wait for a connection to a replica: reads can run at the primary instead. */
    private static final Duration MAX_ACQUIRE_TIMEOUT = Duration.ofMillis(500);

    private final String name;
    private final DatabaseServer server;
    private volatile @Nullable Long completeUntil;

    Replica(String name, ConnectionString url, DatabaseSettings settings, SettingNames names) {
        var pool = settings.pool();
        var acquireTimeout =
                pool.acquireTimeout().compareTo(MAX_ACQUIRE_TIMEOUT) < 0 ? pool.acquireTimeout() : MAX_ACQUIRE_TIMEOUT;
        this.name = name;
        this.server = new DatabaseServer(
                name,
                url,
                settings.withPool(
                        new PoolSettings(pool.min(), pool.max(), acquireTimeout, pool.leakAfter(), pool.retireAfter())),
                names,
                OutageLog.none()); // ReplicaMonitor logs the warning
    }

    /** The name of the replica in logs and metrics. */
    String name() {
        return name;
    }

    DatabaseServer server() {
        return server;
    }

    /** Sets the time up to which the replica has all data, in nanoseconds; null when it is unknown. */
    void setCompleteUntil(@Nullable Long completeUntil) {
        this.completeUntil = completeUntil;
    }

    boolean isLost() {
        return completeUntil == null;
    }

    /** Whether the replica has all data that was written up to that time. */
    boolean isCompleteUntil(long nanos) {
        var known = completeUntil;
        return known != null && known - nanos >= 0;
    }

    void bindMetrics(MetricSink metrics, LongSupplier nanos) {
        server.bindMetrics(metrics);
        metrics.gauge(
                "mcp_database_replica_lag_seconds",
                "The maximum age of a replica's data; NaN when it is not known.",
                Map.of("replica", name),
                () -> {
                    var known = completeUntil;
                    return known == null ? Double.NaN : (nanos.getAsLong() - known) / 1e9;
                });
    }

    @Override
    public void close() {
        server.close();
    }
}
