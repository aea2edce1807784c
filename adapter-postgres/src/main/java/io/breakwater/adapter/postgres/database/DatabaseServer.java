package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.connection.ConnectionPool;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.connection.GuardedDataSource;
import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.adapter.postgres.connection.SessionSettings;
import io.breakwater.adapter.postgres.connection.StatementFrame;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** One server of the database, with our connections to it. */
final class DatabaseServer implements AutoCloseable {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    private final String place;
    private final ConnectionPool pool;
    private final RoleGuard role;
    private final RunawayBackends runaways;

    /** Creates a server whose outages are logged. */
    DatabaseServer(String name, ConnectionString url, DatabaseSettings settings) {
        this(name, url, settings, SettingNames.JAVA, OutageLog.logging(name));
    }

    DatabaseServer(
            String name, ConnectionString url, DatabaseSettings settings, SettingNames names, OutageLog outages) {
        var sessionSettings = SessionSettings.forCallers(
                settings.mode() == AccessMode.READ_ONLY,
                settings.searchPath(),
                settings.limits().statementTimeout(),
                settings.limits().lockTimeout());
        this.place = url.address();
        this.role = new RoleGuard(place, settings);
        this.runaways = new RunawayBackends(url, settings.limits());
        var statistics = new StatementStatistics(place);
        var frame = new StatementFrame(
                sessionSettings,
                settings.mode() == AccessMode.READ_ONLY ? Transaction.preparedStatements() : List.of());
        this.pool = new ConnectionPool(
                name,
                settings.pool(),
                sessionSettings,
                frame,
                new GuardedDataSource(
                        url, sessionSettings, frame, settings.limits().resultBytes(), connection -> {
                            role.checkServer(connection);
                            statistics.checkServer(connection);
                        }),
                outages,
                names.nameOf("DatabaseSettings.pool.leakAfter"));
    }

    /**
     * Runs work on a connection to the server.
     *
     * @param uninterruptible whether a statement uses functions that PostgreSQL cannot interrupt
     */
    <T> T run(boolean uninterruptible, CallTime time, Function<GuardedConnection, T> work) {
        try (var registration = runaways.register(uninterruptible);
                var connection = acquire(time)) {
            try {
                return work.apply(connection);
            } finally {
                registration.watchIfLost(connection);
            }
        }
    }

    /** Acquires a connection on which statements may run; the caller must close it. */
    GuardedConnection acquire(CallTime time) {
        role.requireForCall();
        var connection = acquireFromPool(time);
        try {
            role.requireForCall();
            return connection;
        } catch (PortException refused) {
            connection.close();
            throw refused;
        }
    }

    /**
     * Checks that the server answers, and that its role may be used.
     *
     * @throws PortException with a message for operators, which contains host and port
     */
    void probe(CallTime time) {
        try (var connection = pool.acquire(time.remaining(), time.context())) {
            check(connection, time.remaining());
        } catch (SQLException e) {
            throw DriverExceptionMapper.forOperators(e, place, pool.isExhausted());
        }
        role.requireForProbe();
    }

    /** Checks the same, outside a call. */
    void check() throws SQLException {
        try (var connection = pool.acquire(PROBE_TIMEOUT)) {
            check(connection, PROBE_TIMEOUT);
        }
        role.requireForProbe();
    }

    private void check(GuardedConnection connection, Duration timeout) throws SQLException {
        connection.setNetworkTimeout(timeout);
        connection.verifyClean(connection.send(connection.fingerprint()).getLast());
        connection.lookUp(jdbc -> {
            role.recheck(jdbc);
            return role;
        });
    }

    /** Throws an exception when too many backends still run after their calls ended. */
    void requireFewRunaways() {
        runaways.requireFew();
    }

    /** Evicts all open connections, so that no further call uses them. */
    void evictConnections() {
        pool.evictAll();
    }

    /** Aborts all connections in use. */
    void abortAll() {
        pool.abortAll();
    }

    private GuardedConnection acquireFromPool(CallTime time) {
        try {
            return pool.acquire(time.remaining(), time.context());
        } catch (SQLException e) {
            throw DriverExceptionMapper.noConnection(e, pool.isExhausted());
        }
    }

    void bindMetrics(MetricSink metrics) {
        pool.bindMetrics(metrics);
    }

    @Override
    public void close() {
        runaways.close();
        pool.close();
    }
}
