package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
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
    static final BoundStatement FETCH_FIRST = fetch(Gathering.FIRST);

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
        var parts = new ArrayList<BoundStatement>();
        if (transaction.isChanging()) {
            parts.add(BoundStatement.of("SAVEPOINT breakwater"));
            parts.add(BoundStatement.of("SET TRANSACTION READ ONLY"));
        }
        var ready = transaction.resolved(query, DECLARE);
        if (!gate.equals(CostGate.OPEN)) {
            gate.admit(Plan.estimate(transaction, parts, DECLARE, ready));
            parts.clear();
        }
        declared(parts, ready, into);
        into.take(transaction.send(parts));
        while (!into.isComplete()) {
            into.take(transaction.send(List.of(next(into))));
        }
        transaction.before(transaction.isChanging() ? "ROLLBACK TO SAVEPOINT breakwater" : "CLOSE breakwater");
        return answer(into);
    }

    Answer answer(Gathering into) {
        return into.answer(query.statement().ordered(), true);
    }

    /**
     * Does all of it in one round trip, which shows the first portion of the rows only. Whether that was all is known
     * afterwards; if not, the query has to be run again.
     */
    void takeWhole(Transaction transaction, Gathering into) throws SQLException {
        var parts = new ArrayList<BoundStatement>();
        declared(parts, query, into);
        into.take(transaction.sendWhole(parts));
    }

    private static void declared(List<BoundStatement> parts, Asked asked, Gathering into) {
        parts.add(asked.bound(DECLARE));
        if (into.window().offset() > 0) {
            parts.add(BoundStatement.of("MOVE FORWARD " + into.window().offset() + " IN breakwater"));
        }
        parts.add(next(into));
    }

    private static BoundStatement next(Gathering into) {
        int portion = into.portion();
        return portion == Gathering.FIRST ? FETCH_FIRST : fetch(portion);
    }

    private static BoundStatement fetch(int rows) {
        return BoundStatement.of("FETCH FORWARD " + rows + " FROM breakwater");
    }
}
