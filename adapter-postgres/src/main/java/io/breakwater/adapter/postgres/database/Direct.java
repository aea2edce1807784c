package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import io.breakwater.adapter.postgres.connection.Session;
import io.breakwater.adapter.postgres.sql.Verb;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.Command;
import io.breakwater.port.driven.SqlGateway.CostGate;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that is run as it is, in a transaction that may change something. */
record Direct(Asked asked) implements Step {
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
    public Answer take(Transaction transaction, Gathering into, CostGate gate) throws SQLException {
        var ready = transaction.resolved(asked, "");
        if (!gate.equals(CostGate.OPEN) && hasPlan()) {
            gate.admit(Plan.estimate(transaction, List.of(), "", ready));
        }
        return answer(transaction.send(List.of(ready.bound("")), into.limit()), into);
    }

    /** Whether the server refused it because of the transaction alone (VACUUM, CREATE DATABASE). */
    boolean wantsNoTransaction(SQLException refusal) {
        return asked.statement().verb() instanceof Verb.Other && IN_TRANSACTION.equals(refusal.getSQLState());
    }

    /** Does it outside a transaction. */
    Answer takeAlone(Session session, Gathering into, Time time) throws SQLException {
        session.waitFor(time.scope().remaining());
        session.send(BoundStatement.of("SET statement_timeout TO " + time.forStatement()));
        return answer(session.send(List.of(asked.bound("")), into.limit()).getLast(), into);
    }

    private boolean hasPlan() {
        return switch (asked.statement().verb()) {
            case Verb.Query query -> true;
            case Verb.Change change -> true;
            case Verb.Show show -> false;
            case Verb.Explain explain -> false;
            case Verb.TransactionControl control -> false;
            case Verb.Other other -> false;
        };
    }

    private Answer answer(StatementResult result, Gathering into) throws SQLException {
        if (!result.hasRows()) {
            return new Command(Tag.of(asked.statement()), affected(result.updateCount()));
        }
        into.expectAll();
        into.take(result);
        return into.answer(asked.statement().ordered(), false);
    }

    private @Nullable Long affected(long count) {
        return asked.statement().verb() instanceof Verb.Other ? null : (Long) count;
    }
}
