package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query where it can change nothing: in a transaction that only reads, or in a part of one that is undone at once. It
 * stands within {@code DECLARE … CURSOR FOR}, where the server's grammar admits nothing but a query; set-up,
 * declaration and the first rows take one round trip.
 *
 * @param asked the statement as it was asked
 * @param query the query that answers it
 */
record QueryStep(ParsedStatement asked, ParsedStatement query) implements StatementStep {
    static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";
    static final BoundStatement FETCH_FIRST = fetch(RowCollector.FIRST);

    /** That query itself. */
    QueryStep(ParsedStatement asked) {
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
    public Answer take(Transaction transaction, RowCollector into, CostGate gate) throws SQLException {
        var parts = new ArrayList<BoundStatement>();
        if (transaction.isChanging()) {
            parts.add(BoundStatement.of("SAVEPOINT breakwater"));
            parts.add(BoundStatement.of("SET TRANSACTION READ ONLY"));
        }
        var ready = transaction.resolved(query, DECLARE);
        if (!gate.equals(CostGate.OPEN)) {
            gate.admit(ExplainStep.estimate(transaction, parts, DECLARE, ready));
            parts.clear();
        }
        declared(parts, ready, into);
        into.add(transaction.send(parts));
        while (!into.isComplete()) {
            into.add(transaction.send(List.of(next(into))));
        }
        transaction.before(transaction.isChanging() ? "ROLLBACK TO SAVEPOINT breakwater" : "CLOSE breakwater");
        return answer(into);
    }

    Answer answer(RowCollector into) {
        return into.answer(query.statement().ordered(), true);
    }

    /**
     * Does all of it in one round trip, which shows the first portion of the rows only. Whether that was all is known
     * afterwards; if not, the query has to be run again.
     */
    void takeWhole(Transaction transaction, RowCollector into) throws SQLException {
        var parts = new ArrayList<BoundStatement>();
        declared(parts, query, into);
        into.add(transaction.sendWhole(parts));
    }

    private static void declared(List<BoundStatement> parts, ParsedStatement asked, RowCollector into) {
        parts.add(asked.bound(DECLARE));
        if (into.window().offset() > 0) {
            parts.add(BoundStatement.of("MOVE FORWARD " + into.window().offset() + " IN breakwater"));
        }
        parts.add(next(into));
    }

    private static BoundStatement next(RowCollector into) {
        int portion = into.portion();
        return portion == RowCollector.FIRST ? FETCH_FIRST : fetch(portion);
    }

    private static BoundStatement fetch(int rows) {
        return BoundStatement.of("FETCH FORWARD " + rows + " FROM breakwater");
    }
}
