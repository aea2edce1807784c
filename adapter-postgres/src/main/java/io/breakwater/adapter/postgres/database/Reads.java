package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.session.Session;
import io.breakwater.adapter.postgres.type.Types;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.port.driven.SqlGateway.Window;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query, run where it can change nothing. One message sets the transaction up, declares the query as a cursor and
 * fetches; a second one undoes everything.
 *
 * <ul>
 *   <li>A first query of our own takes the snapshot: from there on the server lets nobody make the transaction one that
 *       writes.
 *   <li>The query stands within {@code DECLARE … CURSOR FOR}: the server's grammar admits nothing but a query there.
 *   <li>The transaction is rolled back, whatever came of it.
 * </ul>
 */
final class Reads {
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final String SNAPSHOT = "SELECT pg_catalog.set_config('statement_timeout', ?, true)";
    private static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";

    private final Types types;

    Reads(Types types) {
        this.types = types;
    }

    /** Runs it, and gives what the window shows of its rows. */
    Rows run(Session session, Asked asked, Window window, CostGate gate, Time time) {
        var rows = new Gathering(types, window, window.bytes());
        try {
            fetchFirst(session, asked, window, rows, time);
            while (!rows.isComplete()) {
                fetchMore(session, rows, time);
            }
            return rows.answer(asked.statement().ordered(), true);
        } catch (SQLException e) {
            throw Failures.of(
                    e, Failures.position(e, DECLARE.length(), asked.statement().places()));
        } finally {
            Reset.afterRead(session, time);
        }
    }

    private void fetchFirst(Session session, Asked asked, Window window, Gathering rows, Time time)
            throws SQLException {
        var parts = new ArrayList<String>();
        parts.add(BEGIN);
        parts.add(SNAPSHOT);
        parts.add(DECLARE + asked.statement().sql());
        if (window.offset() > 0) {
            parts.add("MOVE FORWARD " + window.offset() + " IN breakwater");
        }
        parts.add(fetch(rows));
        send(parts, session, asked, rows, time);
    }

    private void fetchMore(Session session, Gathering rows, Time time) throws SQLException {
        send(List.of(SNAPSHOT, fetch(rows)), session, null, rows, time);
    }

    private static void send(List<String> parts, Session session, @Nullable Asked asked, Gathering rows, Time time)
            throws SQLException {
        session.waitFor(time.scope().remaining());
        new Message(parts)
                .send(
                        session,
                        prepared -> {
                            prepared.setString(1, time.forStatement());
                            if (asked != null) {
                                asked.bind(prepared, 2);
                            }
                        },
                        prepared -> {
                            rows.take(prepared);
                            return rows;
                        });
    }

    private static String fetch(Gathering rows) {
        return "FETCH FORWARD " + rows.portion() + " FROM breakwater";
    }
}
