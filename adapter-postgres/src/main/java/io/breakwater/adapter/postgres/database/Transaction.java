package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Parameter;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.adapter.postgres.pipeline.StatementShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction of one call. It begins with the first statements that are sent, and is rolled back when it is closed;
 * only a read-write transaction can be committed before.
 *
 * <p>In a read-only transaction, a query is declared as a cursor. The server takes the transaction's snapshot before it
 * evaluates the declaration, and from then on refuses to make the transaction read-write.
 */
final class Transaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private static final Duration MIN_RESET_TIME = Duration.ofMillis(250);
    static final BoundStatement READING = BoundStatement.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    private static final BoundStatement CHANGING = BoundStatement.of("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    private static final BoundStatement COMMIT = BoundStatement.of("COMMIT");
    static final BoundStatement ROLLBACK = BoundStatement.of("ROLLBACK");
    private static final String SET_TIMEOUT = "SELECT pg_catalog.set_config('statement_timeout', $1, true)";

    private final GuardedConnection connection;
    private final CallTime time;
    private final boolean changing;
    private List<BoundStatement> pending = List.of();
    private boolean begun;

    private Transaction(GuardedConnection connection, CallTime time, boolean changing) {
        this.connection = connection;
        this.time = time;
        this.changing = changing;
    }

    /** Creates a read-only transaction with one snapshot. */
    static Transaction reading(GuardedConnection connection, CallTime time) {
        return new Transaction(connection, time, false);
    }

    /** Creates a read-write transaction. */
    static Transaction changing(GuardedConnection connection, CallTime time) {
        return new Transaction(connection, time, true);
    }

    /** The statements with a constant text, which the server can keep prepared. */
    static List<BoundStatement> preparedStatements() {
        return List.of(READING, BoundStatement.of(QueryStep.DECLARE + "SELECT 1"), QueryStep.FETCH_FIRST, ROLLBACK);
    }

    boolean isChanging() {
        return changing;
    }

    /** Sends statements in one round trip and returns the result of the last one. */
    RawResult send(List<BoundStatement> statements) throws SQLException {
        return send(statements, 0);
    }

    /**
     * Sends statements in one round trip and returns the result of the last one.
     *
     * @param maxRows the maximum number of rows for each statement; 0 for all
     */
    RawResult send(List<BoundStatement> statements, int maxRows) throws SQLException {
        var all = withPrelude(statements);
        var results = time.memory().during(() -> connection.send(all, maxRows));
        time.memory().check();
        return results.getLast();
    }

    /**
     * Sends all statements of a transaction and its rollback in one round trip, and returns the result of the last
     * statement before the rollback. Only for a read-only transaction that has not begun.
     */
    RawResult sendWhole(List<BoundStatement> statements) throws SQLException {
        var all = withPrelude(statements);
        int last = all.size() - 1;
        all.add(ROLLBACK);
        all.add(connection.fingerprint());
        var results = time.memory().during(() -> connection.send(all, 0));
        // When rows were too large to be read, the fingerprint is missing too; reset() then queries it again.
        begun = !connection.verifyClean(results.getLast());
        time.memory().check();
        return results.get(last);
    }

    private List<BoundStatement> withPrelude(List<BoundStatement> statements) throws SQLException {
        var timeout = time.shorterTimeout();
        var all = new ArrayList<BoundStatement>();
        if (!begun) {
            all.add(changing ? CHANGING : READING);
        }
        if (timeout != null) {
            all.add(timeout(timeout));
        }
        all.addAll(pending);
        all.addAll(statements);
        pending = List.of();
        begun = true;
        connection.setNetworkTimeout(time.context().remaining());
        return all;
    }

    private static BoundStatement timeout(String millis) {
        return new BoundStatement(SET_TIMEOUT, List.of(new Parameter(millis, Parameter.TEXT)));
    }

    /**
     * Returns the statement with its values in the form that their types require. The server is queried for the types
     * only when the form depends on them.
     *
     * @param prefix the text before the statement
     */
    ParsedStatement resolve(ParsedStatement parsed, String prefix) throws SQLException {
        if (!parsed.isAmbiguous()) {
            return parsed;
        }
        begin();
        return parsed.resolve(connection, prefix);
    }

    /** Returns what the server infers for a statement, without running it. */
    StatementShape describe(BoundStatement statement) throws SQLException {
        begin();
        return connection.describe(statement);
    }

    /** Begins the transaction, if it has not begun. */
    void begin() throws SQLException {
        if (!begun) {
            send(List.of());
        }
    }

    /** Runs a statement before the next statements, if there are any. */
    void runBeforeNext(String statement) {
        pending = List.of(BoundStatement.of(statement));
    }

    /** Commits the transaction. */
    void commit() throws SQLException {
        connection.setNetworkTimeout(time.context().remaining());
        connection.send(COMMIT);
    }

    @Override
    public void close() {
        if (begun) {
            reset();
        }
    }

    /** Restores the initial state of the connection; when that fails, the connection closes. */
    void reset() {
        if (connection.isUnusable()) {
            return;
        }
        try {
            var remaining = time.context().remaining();
            connection.setNetworkTimeout(remaining.compareTo(MIN_RESET_TIME) < 0 ? MIN_RESET_TIME : remaining);
            if (changing) {
                connection.discardAll();
            } else {
                connection.verifyClean(
                        connection.send(ROLLBACK, connection.fingerprint()).getLast());
            }
        } catch (SQLException e) {
            LOG.debug("A connection closes, because it could not be reset: {}", e.getSQLState());
        }
    }
}
