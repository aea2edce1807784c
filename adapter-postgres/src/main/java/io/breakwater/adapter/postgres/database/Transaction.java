package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that one call has in its session. It begins with the first message that is sent, and is undone when it is
 * closed; only one that changes can be made permanent before.
 *
 * <p>A query of our own comes first. It sets the time limit, and it takes the snapshot: from there on the server lets
 * nobody make a transaction that reads one that writes.
 */
final class Transaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private static final Duration LEAST = Duration.ofMillis(250);
    private static final String READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String CHANGING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    private static final String LIMIT = "SELECT pg_catalog.set_config('statement_timeout', ?, true)";

    /**
     * All that a query can leave behind: locks, and statements that a function prepared. The rest is undone with its
     * transaction (settings, snapshots, cursors, large objects), or cannot be done in one that only reads.
     */
    private static final Message AFTER_READING = Message.of(
            "ROLLBACK",
            "DEALLOCATE ALL",
            "SELECT pg_catalog.pg_advisory_unlock_all(), current_user OPERATOR(pg_catalog.=) session_user");

    private final Session session;
    private final Time time;
    private final boolean changing;
    private List<String> next;
    private boolean begun;

    private Transaction(Session session, Time time, boolean changing) {
        this.session = session;
        this.time = time;
        this.changing = changing;
        this.next = List.of(changing ? CHANGING : READING, LIMIT);
    }

    /** One that sees one snapshot and changes nothing. */
    static Transaction reading(Session session, Time time) {
        return new Transaction(session, time, false);
    }

    /** One that may change what its session's role may. */
    static Transaction changing(Session session, Time time) {
        return new Transaction(session, time, true);
    }

    boolean isChanging() {
        return changing;
    }

    /**
     * Sends statements, and lets the answer of the last one be read.
     *
     * @param bind is given the place of the first value
     */
    <T> T send(List<String> statements, Bind bind, Message.Read<T> read) throws SQLException {
        var parts = following(statements);
        next = List.of(LIMIT);
        return new Message(parts).send(session, limited(bind), read);
    }

    /**
     * Sends the statements that are all there is to do, lets the answer of the last one be read, and undoes them: all in
     * one message. Only for a transaction that has not begun and that only reads.
     *
     * @param bind is given the place of the first value
     */
    <T> T sendWhole(List<String> statements, Bind bind, Message.Read<T> read) throws SQLException {
        var parts = following(statements);
        int last = parts.size() - 1;
        parts.addAll(AFTER_READING.parts());
        return new Message(parts).send(session, limited(bind), last, read, this::finish);
    }

    private List<String> following(List<String> statements) throws SQLException {
        var parts = new ArrayList<>(next);
        parts.addAll(statements);
        begun = true;
        session.waitFor(time.scope().remaining());
        return parts;
    }

    private Message.Bind limited(Bind bind) {
        return prepared -> {
            prepared.setString(1, time.forStatement());
            bind.bind(prepared, 2);
        };
    }

    /** Where rows were too large to be read, this answer is missing, too; then it is asked for again. */
    private void finish(PreparedStatement prepared) throws SQLException {
        if (isSameRole(prepared)) {
            session.clean();
            begun = false;
        }
    }

    /**
     * The statement with its values written as the server wants them; asks it only where there is a choice.
     *
     * @param prefix what comes before the statement
     */
    Asked resolved(Asked asked, String prefix) throws SQLException {
        if (!asked.isAmbiguous()) {
            return asked;
        }
        begin();
        return asked.resolved(session.connection(), prefix);
    }

    /** Begins, or sets the time limit again, and does nothing else. */
    void begin() throws SQLException {
        send(List.of(), (prepared, first) -> {}, prepared -> prepared);
    }

    /** Has this done before the next statements, if there are any. */
    void before(String statement) {
        next = List.of(LIMIT, statement);
    }

    /** Makes permanent what was done. */
    void commit() throws SQLException {
        session.waitFor(time.scope().remaining());
        Message.of("COMMIT").send(session, prepared -> {}, prepared -> prepared);
    }

    @Override
    public void close() {
        if (begun) {
            reset();
        }
    }

    /** Leaves the session as it was before, or closed. */
    void reset() {
        if (session.isBroken()) {
            return;
        }
        try {
            var remaining = time.scope().remaining();
            session.waitFor(remaining.compareTo(LEAST) < 0 ? LEAST : remaining);
            if (changing) {
                session.discardAll();
            } else if (AFTER_READING.send(session, prepared -> {}, Transaction::isSameRole)) {
                session.clean();
            }
        } catch (SQLException e) {
            LOG.debug("A session is closed, since it could not be reset: {}", e.getSQLState());
        }
    }

    private static boolean isSameRole(PreparedStatement prepared) throws SQLException {
        try (var row = prepared.getResultSet()) {
            return row.next() && row.getBoolean(2);
        }
    }

    /** Sets the values of statements. */
    @FunctionalInterface
    interface Bind {
        /** The first value goes to that place. */
        void bind(PreparedStatement prepared, int first) throws SQLException;
    }
}
