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
import io.breakwater.port.driven.SqlGateway.AccessMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** One server that has the database, and the sessions we have there. */
final class DatabaseServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String place;
    private final ConnectionPool pool;
    private final RoleGuard role;
    private final RunawayBackends runaways;

    /** One whose outages are written to the log. */
    DatabaseServer(String name, ConnectionString url, DatabaseSettings settings) {
        this(name, url, settings, OutageLog.logging(name));
    }

    DatabaseServer(String name, ConnectionString url, DatabaseSettings settings, OutageLog outages) {
        var pinned = SessionSettings.forCallers(
                settings.mode() == AccessMode.READ_ONLY,
                settings.searchPath(),
                settings.limits().statementTime(),
                settings.limits().lockTime());
        this.place = url.address();
        this.role = new RoleGuard(place, settings);
        this.runaways = new RunawayBackends(url, settings.limits());
        var statistics = new StatementStatistics(place);
        var frame =
                new StatementFrame(pinned, settings.mode() == AccessMode.READ_ONLY ? Transaction.kept() : List.of());
        this.pool = new ConnectionPool(
                name,
                settings.pool(),
                pinned,
                frame,
                new GuardedDataSource(url, pinned, frame, settings.limits().resultBytes(), connection -> {
                    role.checkServer(connection);
                    statistics.checkServer(connection);
                }),
                outages);
    }

    /**
     * Works in a session there.
     *
     * @param uninterruptible whether a statement uses functions that the server cannot end
     */
    <T> T run(boolean uninterruptible, CallTime time, Function<GuardedConnection, T> work) {
        try (var visit = runaways.enter(uninterruptible);
                var session = acquire(time)) {
            try {
                return work.apply(session);
            } finally {
                visit.leave(session);
            }
        }
    }

    /** A session there in which statements may be run; the caller closes it. */
    GuardedConnection acquire(CallTime time) {
        role.require();
        var session = connected(time);
        try {
            role.require();
            return session;
        } catch (PortException refused) {
            session.close();
            throw refused;
        }
    }

    /**
     * Returns when the server answers, and its role may be used.
     *
     * @throws PortException with a message for operators: it names host and port
     */
    void probe(CallTime time) {
        try (var session = pool.acquire(time.left(), time.scope())) {
            prove(session, time.left());
        } catch (SQLException e) {
            throw DriverExceptionMapper.forOperators(e, place, pool.isExhausted());
        }
        role.explain();
    }

    /** The same, when nobody in particular wants to know. */
    void prove() throws SQLException {
        try (var session = pool.acquire(PATIENCE)) {
            prove(session, PATIENCE);
        }
        role.explain();
    }

    private void prove(GuardedConnection session, Duration patience) throws SQLException {
        session.setNetworkTimeout(patience);
        session.verifyClean(session.send(session.fingerprint()).getLast());
        session.lookUp(connection -> {
            role.recheck(connection);
            return role;
        });
    }

    /** Returns while few of its backends work on after their calls ended. */
    void explainRunaways() {
        runaways.requireFew();
    }

    /** No connection that is open now is used for another call. */
    void renew() {
        pool.evictAll();
    }

    /** Breaks off whatever is under way there. */
    void abortAll() {
        pool.abortAll();
    }

    private GuardedConnection connected(CallTime time) {
        try {
            return pool.acquire(time.left(), time.scope());
        } catch (SQLException e) {
            throw DriverExceptionMapper.noConnection(e, pool.isExhausted());
        }
    }

    void bindMetrics(MetricSink figures) {
        pool.bindMetrics(figures);
    }

    @Override
    public void close() {
        runaways.close();
        pool.close();
    }
}
