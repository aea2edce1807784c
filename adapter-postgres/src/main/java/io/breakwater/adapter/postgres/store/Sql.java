package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ConnectionPool;
import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements of ours, each a transaction of its own, that end at the server when the call's time is over. The limit
 * travels with the statement: the driver sends both in one message.
 */
final class Sql {
    private static final String WITHIN = "SELECT set_config('statement_timeout', ?, false); ";

    private final ConnectionPool pool;
    private final Upkeep upkeep;

    Sql(ConnectionPool pool, Upkeep upkeep) {
        this.pool = pool;
        this.upkeep = upkeep;
    }

    /**
     * Runs one statement that gives rows.
     *
     * @param values for its question marks, in order
     */
    <T> T run(String statement, CallScope scope, Reader<T> reader, @Nullable Object... values) {
        upkeep.await(scope);
        try {
            return pool.call(scope, (connection, time) -> run(connection, time, statement, reader, values));
        } catch (Failure.Unavailable e) {
            upkeep.doubt();
            throw e;
        }
    }

    private static <T> T run(
            Connection connection, Duration time, String statement, Reader<T> reader, @Nullable Object[] values)
            throws SQLException {
        try (var prepared = connection.prepareStatement(WITHIN + statement)) {
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
