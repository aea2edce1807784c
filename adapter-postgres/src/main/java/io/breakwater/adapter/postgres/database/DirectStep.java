package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.adapter.postgres.pipeline.StatementShape;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that runs unchanged, in a transaction that may change data. */
record DirectStep(ParsedStatement parsed) implements StatementStep {
    private static final String IN_TRANSACTION = "25001";

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public int prefixLength() {
        return 0;
    }

    @Override
    public StatementResult execute(Transaction transaction, RowCollector collector, CostGate gate) throws SQLException {
        var ready = transaction.resolve(parsed, "");
        if (!gate.equals(CostGate.OPEN) && hasPlan()) {
            gate.admit(ExplainStep.estimate(transaction, List.of(), "", ready));
        }
        return answer(transaction.send(List.of(ready.bind("")), collector.maxRows()), collector);
    }

    @Override
    public StatementShape describe(Transaction transaction) throws SQLException {
        return transaction.describe(parsed.bind(""));
    }

    /** Whether the server refused the statement only because of the transaction (VACUUM, CREATE DATABASE). */
    boolean requiresNoTransaction(SQLException refusal) {
        return parsed.statement().verb() instanceof StatementVerb.Other && IN_TRANSACTION.equals(refusal.getSQLState());
    }

    /** Runs the statement outside a transaction. */
    StatementResult executeOutsideTransaction(GuardedConnection connection, RowCollector collector, CallTime time)
            throws SQLException {
        connection.setNetworkTimeout(time.context().remaining());
        connection.send(BoundStatement.of("SET statement_timeout TO " + time.statementTimeout()));
        return answer(
                connection.send(List.of(parsed.bind("")), collector.maxRows()).getLast(), collector);
    }

    private boolean hasPlan() {
        return switch (parsed.statement().verb()) {
            case StatementVerb.Query query -> true;
            case StatementVerb.Change change -> true;
            case StatementVerb.Show show -> false;
            case StatementVerb.Explain explain -> false;
            case StatementVerb.TransactionControl control -> false;
            case StatementVerb.Other other -> false;
        };
    }

    private StatementResult answer(RawResult result, RowCollector collector) throws SQLException {
        if (!result.hasRows()) {
            return new Command(CommandTag.of(parsed.statement()), affected(result.updateCount()));
        }
        collector.expectAll();
        collector.add(result);
        return collector.toRows(parsed.statement().ordered(), false);
    }

    private @Nullable Long affected(long count) {
        return parsed.statement().verb() instanceof StatementVerb.Other ? null : (Long) count;
    }
}
