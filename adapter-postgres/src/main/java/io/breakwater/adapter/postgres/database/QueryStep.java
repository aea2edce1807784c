package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementShape;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query that can change nothing: it runs in a read-only transaction, or in a savepoint that is rolled back at once.
 * It is part of {@code DECLARE … CURSOR FOR}, where the server's grammar accepts only a query; set-up, declaration and
 * the first rows take one round trip.
 *
 * @param parsed the caller's statement
 * @param query the query that produces its result
 */
record QueryStep(ParsedStatement parsed, ParsedStatement query) implements StatementStep {
    static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";
    static final BoundStatement FETCH_FIRST = fetch(RowCollector.FIRST_PORTION);

    /** Creates the step of a statement that is a query. */
    QueryStep(ParsedStatement parsed) {
        this(parsed, parsed);
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public int prefixLength() {
        return DECLARE.length();
    }

    @Override
    public StatementResult execute(Transaction transaction, RowCollector collector, CostGate gate) throws SQLException {
        var parts = new ArrayList<BoundStatement>();
        if (transaction.isChanging()) {
            parts.add(BoundStatement.of("SAVEPOINT breakwater"));
            parts.add(BoundStatement.of("SET TRANSACTION READ ONLY"));
        }
        var ready = transaction.resolve(query, DECLARE);
        if (!gate.equals(CostGate.OPEN)) {
            gate.admit(ExplainStep.estimate(transaction, parts, DECLARE, ready));
            parts.clear();
        }
        addDeclaration(parts, ready, collector);
        collector.add(transaction.send(parts));
        while (!collector.isComplete()) {
            collector.add(transaction.send(List.of(fetchNext(collector))));
        }
        transaction.runBeforeNext(transaction.isChanging() ? "ROLLBACK TO SAVEPOINT breakwater" : "CLOSE breakwater");
        return answer(collector);
    }

    /** The declaration shows that it is a query, and the query shows its columns. */
    @Override
    public StatementShape describe(Transaction transaction) throws SQLException {
        transaction.describe(query.bind(DECLARE));
        return transaction.describe(query.bind(""));
    }

    StatementResult answer(RowCollector collector) {
        return collector.toRows(query.statement().ordered(), true);
    }

    /**
     * Runs the whole transaction in one round trip, which returns the first portion of the rows only. When there are
     * more rows, the query must run again.
     */
    void executeInOneMessage(Transaction transaction, RowCollector collector) throws SQLException {
        var parts = new ArrayList<BoundStatement>();
        addDeclaration(parts, query, collector);
        collector.add(transaction.sendWhole(parts));
    }

    private static void addDeclaration(List<BoundStatement> parts, ParsedStatement parsed, RowCollector collector) {
        parts.add(parsed.bind(DECLARE));
        if (collector.window().offset() > 0) {
            parts.add(BoundStatement.of("MOVE FORWARD " + collector.window().offset() + " IN breakwater"));
        }
        parts.add(fetchNext(collector));
    }

    private static BoundStatement fetchNext(RowCollector collector) {
        int nextPortion = collector.nextPortion();
        return nextPortion == RowCollector.FIRST_PORTION ? FETCH_FIRST : fetch(nextPortion);
    }

    private static BoundStatement fetch(int rows) {
        return BoundStatement.of("FETCH FORWARD " + rows + " FROM breakwater");
    }
}
