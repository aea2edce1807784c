package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Parameter;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that one call has in its session. It begins with the first statements that are sent, and is undone when
 * it is closed; only one that changes can be made permanent before.
 *
 * <p>A query in one that only reads is declared as a cursor. The server takes the transaction's snapshot before it
 * looks at anything in that declaration, and from there on refuses to make the transaction one that writes.
 */
final class Transaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private static final Duration LEAST = Duration.ofMillis(250);
    static final BoundStatement READING = BoundStatement.of("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    private static final BoundStatement CHANGING = BoundStatement.of("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    private static final BoundStatement COMMIT = BoundStatement.of("COMMIT");
    static final BoundStatement ROLLBACK = BoundStatement.of("ROLLBACK");
    private static final String LIMIT = "SELECT pg_catalog.set_config('statement_timeout', $1, true)";

    private final GuardedConnection session;
    private final CallTime time;
    private final boolean changing;
    private List<BoundStatement> before = List.of();
    private boolean begun;

    private Transaction(GuardedConnection session, CallTime time, boolean changing) {
        this.session = session;
        this.time = time;
        this.changing = changing;
    }

    /** One that sees one snapshot and changes nothing. */
    static Transaction reading(GuardedConnection session, CallTime time) {
        return new Transaction(session, time, false);
    }

    /** One that may change what its session's role may. */
    static Transaction changing(GuardedConnection session, CallTime time) {
        return new Transaction(session, time, true);
    }

    /** What reads in the same way each time, so that the server can keep it prepared. */
    static List<BoundStatement> kept() {
        return List.of(READING, BoundStatement.of(QueryStep.DECLARE + "SELECT 1"), QueryStep.FETCH_FIRST, ROLLBACK);
    }

    boolean isChanging() {
        return changing;
    }

    /** Sends statements in one round trip and returns the result of the last one. */
    StatementResult send(List<BoundStatement> statements) throws SQLException {
        return send(statements, 0);
    }

    /**
     * The same.
     *
     * @param maxRows how many rows each may return at the most; 0 for all
     */
    StatementResult send(List<BoundStatement> statements, int maxRows) throws SQLException {
        var all = following(statements);
        var results = time.memory().during(() -> session.send(all, maxRows));
        time.memory().check();
        return results.getLast();
    }

    /**
     * Sends the statements that are all there is to do, and what undoes them, in one round trip; returns the result of
     * the last one before the undoing. Only for a transaction that has not begun and that only reads.
     */
    StatementResult sendWhole(List<BoundStatement> statements) throws SQLException {
        var all = following(statements);
        int last = all.size() - 1;
        all.add(ROLLBACK);
        all.add(session.fingerprint());
        var results = time.memory().during(() -> session.send(all, 0));
        // Where rows were too large to be read, the fingerprint is missing too; then it is asked for again.
        begun = !session.verifyClean(results.getLast());
        time.memory().check();
        return results.get(last);
    }

    private List<BoundStatement> following(List<BoundStatement> statements) throws SQLException {
        var limit = time.shorter();
        var all = new ArrayList<BoundStatement>();
        if (!begun) {
            all.add(changing ? CHANGING : READING);
        }
        if (limit != null) {
            all.add(limit(limit));
        }
        all.addAll(before);
        all.addAll(statements);
        before = List.of();
        begun = true;
        session.setNetworkTimeout(time.scope().remaining());
        return all;
    }

    private static BoundStatement limit(String millis) {
        return new BoundStatement(LIMIT, List.of(new Parameter(millis, Parameter.TEXT)));
    }

    /**
     * The statement with its values written as the server wants them; asks it only where there is a choice.
     *
     * @param prefix what comes before the statement
     */
    ParsedStatement resolved(ParsedStatement asked, String prefix) throws SQLException {
        if (!asked.isAmbiguous()) {
            return asked;
        }
        begin();
        return asked.resolved(session, prefix);
    }

    /** Begins, if it has not begun, and does nothing else. */
    void begin() throws SQLException {
        if (!begun) {
            send(List.of());
        }
    }

    /** Has this done before the next statements, if there are any. */
    void before(String statement) {
        before = List.of(BoundStatement.of(statement));
    }

    /** Makes permanent what was done. */
    void commit() throws SQLException {
        session.setNetworkTimeout(time.scope().remaining());
        session.send(COMMIT);
    }

    @Override
    public void close() {
        if (begun) {
            reset();
        }
    }

    /** Leaves the session as it was before, or closed. */
    void reset() {
        if (session.isUnusable()) {
            return;
        }
        try {
            var remaining = time.scope().remaining();
            session.setNetworkTimeout(remaining.compareTo(LEAST) < 0 ? LEAST : remaining);
            if (changing) {
                session.discardAll();
            } else {
                session.verifyClean(session.send(ROLLBACK, session.fingerprint()).getLast());
            }
        } catch (SQLException e) {
            LOG.debug("A session is closed, since it could not be reset: {}", e.getSQLState());
        }
    }
}
