package io.breakwater.adapter.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.breakwater.port.CallScope;
import io.breakwater.port.Figures;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * The connections to one server under one role. Making a pool connects to nothing; the first call does, and a server that
 * is down fails that call alone.
 *
 * <p>{@link #call} runs work on a thread that nobody interrupts, because the JDK closes the socket under a virtual thread
 * that is interrupted while it reads, and the statement would go on at the server. Whoever called is let go at its
 * deadline or when it is cancelled; the statement is stopped on the server, and the connection lives on.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final Map<PGProperty, String> ALWAYS = Map.of(
            PGProperty.APPLICATION_NAME, "breakwater",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.LOGIN_TIMEOUT, "10",
            PGProperty.CANCEL_SIGNAL_TIMEOUT, "5",
            PGProperty.TCP_KEEP_ALIVE, "true",
            // Details of errors hold values of rows.
            PGProperty.LOG_SERVER_ERROR_DETAIL, "false");

    private final HikariDataSource source = new HikariDataSource();
    private final String name;

    /**
     * A pool.
     *
     * @param name how operators know it
     * @param properties of the driver, on top of those of the address
     */
    public ConnectionPool(
            String name, ConnectionString server, PoolSettings settings, Map<PGProperty, String> properties) {
        this.name = name;
        source.setPoolName("breakwater-" + name);
        source.setDataSource(new ServerDataSource(server, ALWAYS, properties));
        source.setMinimumIdle(settings.min());
        source.setMaximumPoolSize(settings.max());
        source.setConnectionTimeout(settings.acquireTimeout().toMillis());
        source.setValidationTimeout(settings.acquireTimeout().toMillis());
        source.setLeakDetectionThreshold(settings.leakAfter().toMillis());
        source.setInitializationFailTimeout(-1);
    }

    /**
     * Runs work with a connection, within what is left of the call's time.
     *
     * @throws io.breakwater.port.Failure as {@link SqlFailures} says
     */
    public <T> T call(CallScope scope, Work<T> work) {
        return new PooledCall<>(source, scope, work).await();
    }

    /** Shows how many connections there are. */
    public void show(Figures figures) {
        gauge(figures, "active", HikariPoolMXBean::getActiveConnections);
        gauge(figures, "idle", HikariPoolMXBean::getIdleConnections);
        figures.gauge(
                "mcp_pool_waiting",
                "Calls that wait for a connection.",
                Map.of("pool", name),
                () -> count(HikariPoolMXBean::getThreadsAwaitingConnection));
        figures.gauge(
                "mcp_pool_connections_max",
                "Connections that may be open at most.",
                Map.of("pool", name),
                source::getMaximumPoolSize);
    }

    private void gauge(Figures figures, String state, ToIntFunction<HikariPoolMXBean> value) {
        figures.gauge(
                "mcp_pool_connections",
                "Connections that are open.",
                Map.of("pool", name, "state", state),
                () -> count(value));
    }

    private int count(ToIntFunction<HikariPoolMXBean> value) {
        var pool = pool();
        return pool == null ? 0 : value.applyAsInt(pool);
    }

    /** Null until the first call. */
    private @Nullable HikariPoolMXBean pool() {
        return source.isClosed() ? null : source.getHikariPoolMXBean();
    }

    /** Closes all connections, those in use too. */
    @Override
    public void close() {
        source.close();
    }

    /** What is done with a connection that is ours for the moment. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param connection in auto-commit mode; given back afterwards
         * @param time what is left of the call's time, more than zero
         */
        T run(Connection connection, Duration time) throws SQLException;
    }
}
