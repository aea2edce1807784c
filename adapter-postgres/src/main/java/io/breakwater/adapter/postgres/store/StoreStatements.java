package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.ConnectionPool;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements of ours, each a transaction of its own, that end at the server when the call's time is over. The
 * limit travels with the statement: the driver sends both in one message.
 */
final class StoreStatements {
    private static final String WITHIN = "SELECT set_config('statement_timeout', ?, false); ";

    /** How much longer than the server's limit we wait for it to say that a statement was too slow. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final ConnectionPool pool;
    private final SchemaMaintainer upkeep;

    StoreStatements(ConnectionPool pool, SchemaMaintainer upkeep) {
        this.pool = pool;
        this.upkeep = upkeep;
    }

    /**
     * Runs one statement that gives rows.
     *
     * @param values for its question marks, in order
     */
    <T> T run(String statement, CallContext scope, Reader<T> reader, @Nullable Object... values) {
        upkeep.await(scope);
        var time = left(scope);
        long end = System.nanoTime() + time.toNanos();
        try (var session = pool.acquire(time, scope)) {
            return run(session, left(scope), statement, reader, values);
        } catch (SQLException e) {
            if (scope.cancelled()) {
                throw SqlFailures.timedOut(null);
            }
            boolean late = Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0;
            throw late ? SqlFailures.timedOut(e) : failure(e);
        }
    }

    private static Duration left(CallContext scope) {
        var time = scope.remaining();
        if (scope.cancelled() || !time.isPositive()) {
            throw SqlFailures.timedOut(null);
        }
        return time;
    }

    private RuntimeException failure(SQLException thrown) {
        var failure = SqlFailures.of(thrown);
        if (failure instanceof PortException.UnavailableException) {
            upkeep.recheck();
        }
        return failure;
    }

    /** Nothing of it is left in the session afterwards but the limit, which the next statement sets anew. */
    private static <T> T run(
            GuardedConnection session, Duration time, String statement, Reader<T> reader, @Nullable Object[] values)
            throws SQLException {
        session.setNetworkTimeout(time.plus(GRACE));
        try (var prepared = session.connection().prepareStatement(WITHIN + statement)) {
            prepared.setString(1, Long.toString(Math.max(1, time.toMillis())));
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 2, values[i]);
            }
            prepared.execute();
            prepared.getMoreResults();
            try (var rows = prepared.getResultSet()) {
                return reader.read(rows);
            }
        }
    }

    /** Makes a value of the rows that a statement gave. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
