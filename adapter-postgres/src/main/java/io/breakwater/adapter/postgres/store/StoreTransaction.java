package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException.IdempotencyException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * A transaction on a connection of the pool. Closing it rolls it back, unless it was committed. It is for one thread.
 */
final class StoreTransaction implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final GuardedConnection connection;

    private StoreTransaction(GuardedConnection connection) {
        this.connection = connection;
    }

    /** Begins a transaction; the first statement carries the BEGIN. */
    static StoreTransaction begin(GuardedConnection connection) throws SQLException {
        connection.connection().setAutoCommit(false);
        return new StoreTransaction(connection);
    }

    /** Runs one statement that returns rows, like {@link StoreStatements#run}. */
    <T> T run(String statement, CallContext context, StoreStatements.Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        return StoreStatements.run(connection, StoreStatements.remaining(context), statement, reader, values);
    }

    /**
     * Commits.
     *
     * @throws IdempotencyException if the server did not confirm the commit, which may or may not have happened
     */
    void commit() throws SQLException {
        try {
            connection.connection().commit();
        } catch (SQLException e) {
            if (isRolledBack(e)) {
                throw e;
            }
            throw IdempotencyException.unconfirmed(RETRY_AFTER, e);
        }
    }

    /** Whether the server itself refused to commit, for example because of a deferred constraint. */
    private static boolean isRolledBack(SQLException thrown) {
        var state = thrown.getSQLState();
        return thrown instanceof PSQLException server
                && server.getServerErrorMessage() != null
                && state != null
                && (state.startsWith("23") || state.startsWith("40"));
    }

    /** Rolls back, unless nothing is open; a connection that fails here does not return to the pool. */
    @Override
    public void close() {
        try {
            connection.connection().rollback();
            connection.connection().setAutoCommit(true);
        } catch (SQLException e) {
            connection.markUsed();
        }
    }
}
