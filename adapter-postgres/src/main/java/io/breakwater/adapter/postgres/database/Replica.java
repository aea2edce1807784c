package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.port.MetricSink;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A copy of the database, and up to which moment it had everything when it was last looked at. Thread-safe. */
final class Replica implements AutoCloseable {
    /** A copy that is lost is not waited for: the primary has everything too. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final String name;
    private final DatabaseServer node;
    private volatile @Nullable Long moment;

    Replica(String name, ConnectionString url, DatabaseSettings settings) {
        var pool = settings.pool();
        var patience = pool.acquireTimeout().compareTo(PATIENCE) < 0 ? pool.acquireTimeout() : PATIENCE;
        this.name = name;
        this.node = new DatabaseServer(
                name,
                url,
                settings.withPool(
                        new PoolSettings(pool.min(), pool.max(), patience, pool.leakAfter(), pool.retireAfter())),
                OutageLog.none()); // its watch warns
    }

    /** How operators know it. */
    String name() {
        return name;
    }

    DatabaseServer node() {
        return node;
    }

    /** It has everything up to that moment; null when that is not known. */
    void has(@Nullable Long moment) {
        this.moment = moment;
    }

    boolean isLost() {
        return moment == null;
    }

    /** Whether it has everything that was written up to that moment. */
    boolean isUpTo(long nanos) {
        var known = moment;
        return known != null && known - nanos >= 0;
    }

    void bindMetrics(MetricSink figures, LongSupplier nanos) {
        node.bindMetrics(figures);
        figures.gauge(
                "mcp_database_replica_lag_seconds",
                "How long ago a replica had all that the primary had, at the most; NaN when that is not known.",
                Map.of("replica", name),
                () -> {
                    var known = moment;
                    return known == null ? Double.NaN : (nanos.getAsLong() - known) / 1e9;
                });
    }

    @Override
    public void close() {
        node.close();
    }
}
