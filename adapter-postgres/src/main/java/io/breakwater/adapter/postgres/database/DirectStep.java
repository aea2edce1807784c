package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is run as it is, in a transaction that may change something. */
record DirectStep(ParsedStatement asked) implements StatementStep {
    private static final String IN_TRANSACTION = "25001";

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public int before() {
        return 0;
    }

    @Override
    public Answer take(Transaction transaction, RowCollector into, CostGate gate) throws SQLException {
        var ready = transaction.resolved(asked, "");
        if (!gate.equals(CostGate.OPEN) && hasPlan()) {
            gate.admit(ExplainStep.estimate(transaction, List.of(), "", ready));
        }
        return answer(transaction.send(List.of(ready.bound("")), into.limit()), into);
    }

    /** Whether the server refused it because of the transaction alone (VACUUM, CREATE DATABASE). */
    boolean wantsNoTransaction(SQLException refusal) {
        return asked.statement().verb() instanceof StatementVerb.Other && IN_TRANSACTION.equals(refusal.getSQLState());
    }

    /** Does it outside a transaction. */
    Answer takeAlone(GuardedConnection session, RowCollector into, CallTime time) throws SQLException {
        session.setNetworkTimeout(time.scope().remaining());
        session.send(BoundStatement.of("SET statement_timeout TO " + time.forStatement()));
        return answer(session.send(List.of(asked.bound("")), into.limit()).getLast(), into);
    }

    private boolean hasPlan() {
        return switch (asked.statement().verb()) {
            case StatementVerb.Query query -> true;
            case StatementVerb.Change change -> true;
            case StatementVerb.Show show -> false;
            case StatementVerb.Explain explain -> false;
            case StatementVerb.TransactionControl control -> false;
            case StatementVerb.Other other -> false;
        };
    }

    private Answer answer(StatementResult result, RowCollector into) throws SQLException {
        if (!result.hasRows()) {
            return new Command(CommandTag.of(asked.statement()), affected(result.updateCount()));
        }
        into.expectAll();
        into.add(result);
        return into.answer(asked.statement().ordered(), false);
    }

    private @Nullable Long affected(long count) {
        return asked.statement().verb() instanceof StatementVerb.Other ? null : (Long) count;
    }
}
