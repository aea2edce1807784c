package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.adapter.postgres.connection.ConnectionPool;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs our own statements, each in its own transaction unless they share one, with the remaining time of the call as statement_timeout. The
 * driver sends the timeout and the statement in one message.
 */
final class StoreStatements {
    private static final String SET_TIMEOUT = "SELECT set_config('statement_timeout', ?, false); ";

    /** The additional time in which the server can report that a statement exceeded its timeout. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final ConnectionPool pool;
    private final SchemaMaintainer maintainer;

    StoreStatements(ConnectionPool pool, SchemaMaintainer maintainer) {
        this.pool = pool;
        this.maintainer = maintainer;
    }

    /**
     * Runs one statement that returns rows.
     *
     * @param values the values for its question marks, in order
     */
    <T> T run(String statement, CallContext context, Reader<T> reader, @Nullable Object... values) {
        return run(context, connection -> run(connection, remaining(context), statement, reader, values));
    }

    /**
     * Runs several statements in one transaction, which ends with a rollback unless the work has committed it.
     *
     * @param work runs the statements; it must not use the transaction later
     */
    <T> T inTransaction(CallContext context, TransactionWork<T> work) {
        return run(context, connection -> {
            try (var transaction = StoreTransaction.begin(connection)) {
                return work.run(transaction);
            }
        });
    }

    private <T> T run(CallContext context, ConnectionWork<T> work) {
        maintainer.await(context);
        var time = remaining(context);
        long end = System.nanoTime() + time.toNanos();
        try (var connection = pool.acquire(time, context)) {
            var result = work.run(connection);
            maintainer.onCallSucceeded();
            return result;
        } catch (SQLException e) {
            if (context.cancelled()) {
                throw CallDeadline.exceeded(null);
            }
            boolean timedOut = Thread.currentThread().isInterrupted() || System.nanoTime() - end >= 0;
            throw timedOut ? CallDeadline.exceeded(e) : failure(e);
        } catch (PortException.IdempotencyException e) {
            if (e.getCause() instanceof SQLException lost) {
                var unused = failure(lost); // requests a check of the store
            }
            throw e;
        }
    }

    static Duration remaining(CallContext context) {
        var time = context.remaining();
        if (context.cancelled() || !time.isPositive()) {
            throw CallDeadline.exceeded(null);
        }
        return time;
    }

    private RuntimeException failure(SQLException thrown) {
        var failure = SqlFailures.of(thrown);
        if (failure instanceof PortException.UnavailableException) {
            maintainer.recheck();
        }
        return failure;
    }

    /** Afterwards only the timeout remains on the connection, and the next statement sets it again. */
    static <T> T run(
            GuardedConnection connection, Duration time, String statement, Reader<T> reader, @Nullable Object[] values)
            throws SQLException {
        connection.setNetworkTimeout(time.plus(GRACE));
        try (var prepared = connection.connection().prepareStatement(SET_TIMEOUT + statement)) {
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

    /** Creates a value from the rows of a statement. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    @FunctionalInterface
    private interface ConnectionWork<T> {
        T run(GuardedConnection connection) throws SQLException;
    }

    /** Statements of one transaction. */
    @FunctionalInterface
    interface TransactionWork<T> {
        T run(StoreTransaction transaction) throws SQLException;
    }
}
