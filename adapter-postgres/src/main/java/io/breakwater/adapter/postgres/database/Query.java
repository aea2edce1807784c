package io.breakwater.adapter.postgres.database;

import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query where it can change nothing: in a transaction that only reads, or in a part of one that is undone at once. It
 * stands within {@code DECLARE … CURSOR FOR}, where the server's grammar admits nothing but a query; set-up, declaration
 * and the first rows take one round trip.
 *
 * @param asked the statement as it was asked
 * @param query the query that answers it
 */
record Query(Asked asked, Asked query) implements Step {
    static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";

    /** That query itself. */
    Query(Asked asked) {
        this(asked, asked);
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public int before() {
        return DECLARE.length();
    }

    @Override
    public Answer take(Transaction transaction, Gathering into, CostGate gate) throws SQLException {
        var parts = new ArrayList<String>();
        if (transaction.isChanging()) {
            parts.add("SAVEPOINT breakwater");
            parts.add("SET TRANSACTION READ ONLY");
        }
        var ready = transaction.resolved(query, DECLARE);
        if (!gate.equals(CostGate.OPEN)) {
            gate.admit(Plan.estimate(transaction, parts, DECLARE, ready));
            parts.clear();
        }
        declare(transaction, parts, ready, into);
        while (!into.isComplete()) {
            transaction.send(List.of(fetch(into)), (prepared, first) -> {}, into::take);
        }
        transaction.before(transaction.isChanging() ? "ROLLBACK TO SAVEPOINT breakwater" : "CLOSE breakwater");
        return answer(into);
    }

    Answer answer(Gathering into) {
        return into.answer(query.statement().ordered(), true);
    }

    /**
     * Does all of it in one message, which shows the first portion of the rows only. Whether that was all is known
     * afterwards; if not, the query has to be run again.
     */
    void takeWhole(Transaction transaction, Gathering into) throws SQLException {
        transaction.sendWhole(declared(new ArrayList<>(), query, into), query::bind, into::take);
    }

    private static void declare(Transaction transaction, List<String> parts, Asked asked, Gathering into)
            throws SQLException {
        transaction.send(declared(parts, asked, into), asked::bind, into::take);
    }

    private static List<String> declared(List<String> parts, Asked asked, Gathering into) {
        parts.add(DECLARE + asked.statement().sql());
        if (into.window().offset() > 0) {
            parts.add("MOVE FORWARD " + into.window().offset() + " IN breakwater");
        }
        parts.add(fetch(into));
        return parts;
    }

    private static String fetch(Gathering into) {
        return "FETCH FORWARD " + into.portion() + " FROM breakwater";
    }
}
