package io.breakwater.adapter.postgres.database;

import static java.util.Objects.requireNonNull;

import io.breakwater.adapter.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that one call has in its session. It begins with the first message that is sent, and is undone when it is
 * closed; only one that changes can be made permanent before.
 *
 * <p>A query in one that only reads is declared as a cursor. The server takes the transaction's snapshot before it looks at
 * anything in that declaration, and from there on lets nobody make the transaction one that writes.
 */
final class Transaction implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transaction.class);

    private static final Duration LEAST = Duration.ofMillis(250);
    static final String READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String CHANGING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    private static final String LIMIT = "SELECT pg_catalog.set_config('statement_timeout', ?, true)";

    private static final String CLEAN =
            "SELECT pg_catalog.pg_advisory_unlock_all(), current_user OPERATOR(pg_catalog.=) session_user";

    /**
     * What undoes a query. Locks are all that it can leave behind: the rest is undone with its transaction (settings,
     * snapshots, cursors, large objects), or cannot be done in one that only reads.
     */
    static final Message UNDO = Message.of("ROLLBACK", CLEAN);

    /** The same where functions of other people may have run: these can also prepare statements. */
    static final Message UNDO_OTHERS = Message.of("ROLLBACK", "DEALLOCATE ALL", CLEAN);

    private final Session session;
    private final Time time;
    private final @Nullable Message undo;
    private List<String> before = List.of();
    private boolean begun;

    private Transaction(Session session, Time time, @Nullable Message undo) {
        this.session = session;
        this.time = time;
        this.undo = undo;
    }

    /** One that sees one snapshot and changes nothing; the message undoes it. */
    static Transaction reading(Session session, Time time, Message undo) {
        return new Transaction(session, time, undo);
    }

    /** One that may change what its session's role may. */
    static Transaction changing(Session session, Time time) {
        return new Transaction(session, time, null);
    }

    boolean isChanging() {
        return undo == null;
    }

    /**
     * Sends statements, and lets the answer of the last one be read.
     *
     * @param bind is given the place of the first value
     */
    <T> T send(List<String> statements, Bind bind, Message.Read<T> read) throws SQLException {
        var limit = time.shorter();
        return new Message(following(limit, statements)).send(session, limited(limit, bind), read);
    }

    /**
     * Sends the statements that are all there is to do, lets the answer of the last one be read, and undoes them: all in
     * one message. Only for a transaction that has not begun and that only reads.
     *
     * @param bind is given the place of the first value
     */
    <T> T sendWhole(List<String> statements, Bind bind, Message.Read<T> read) throws SQLException {
        var limit = time.shorter();
        var parts = following(limit, statements);
        int last = parts.size() - 1;
        parts.addAll(requireNonNull(undo).parts());
        return new Message(parts).send(session, limited(limit, bind), last, read, this::finish);
    }

    private List<String> following(@Nullable String limit, List<String> statements) throws SQLException {
        var parts = new ArrayList<String>();
        if (!begun) {
            parts.add(isChanging() ? CHANGING : READING);
        }
        if (limit != null) {
            parts.add(LIMIT);
        }
        parts.addAll(before);
        parts.addAll(statements);
        before = List.of();
        begun = true;
        session.waitFor(time.scope().remaining());
        return parts;
    }

    private static Message.Bind limited(@Nullable String limit, Bind bind) {
        return prepared -> {
            if (limit != null) {
                prepared.setString(1, limit);
            }
            bind.bind(prepared, limit == null ? 1 : 2);
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

    /** Begins, if it has not begun, and does nothing else. */
    void begin() throws SQLException {
        if (!begun) {
            send(List.of(), (prepared, first) -> {}, prepared -> prepared);
        }
    }

    /** Has this done before the next statements, if there are any. */
    void before(String statement) {
        before = List.of(statement);
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
            if (undo == null) {
                session.discardAll();
            } else if (undo.send(session, prepared -> {}, Transaction::isSameRole)) {
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
