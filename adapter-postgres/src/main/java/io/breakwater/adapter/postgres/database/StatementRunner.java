package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.codec.TypeRegistry;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.Answer;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Window;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs what was let in, in a session and a transaction of its own. */
final class StatementRunner {
    private final FunctionPolicy policy;
    private final TypeRegistry types = new TypeRegistry();
    private final ShortResults answers = new ShortResults();

    StatementRunner(FunctionPolicy policy) {
        this.policy = policy;
    }

    /**
     * Refuses a statement with functions that the server cannot end, unless they are allowed by name.
     *
     * @return whether it uses any that are
     */
    boolean admitWork(StatementStep step) {
        var asked = step.asked();
        return policy.concernsWork(asked.statement()) && policy.admitWork(asked.statement(), asked.lengths());
    }

    /** One statement. */
    Answer run(GuardedConnection session, StatementStep step, Window window, CostGate gate, CallTime time) {
        admit(session, step, time);
        var answer =
                step instanceof QueryStep query && gate.equals(CostGate.OPEN) && answers.areKnownShort(query, window)
                        ? whole(session, query, window, time)
                        : null;
        return answer == null ? inParts(session, step, window, gate, time) : answer;
    }

    /** In one message; null when the rows did not come with it, which was the only way to know. */
    private @Nullable Answer whole(GuardedConnection session, QueryStep query, Window window, CallTime time) {
        var into = new RowCollector(types, session, window, window.bytes(), time.memory());
        try (var transaction = Transaction.reading(session, time)) {
            query.takeWhole(transaction, into);
        } catch (SQLException e) {
            throw failure(e, query);
        }
        answers.learn(query, into);
        return into.isComplete() ? query.answer(into) : null;
    }

    private Answer inParts(GuardedConnection session, StatementStep step, Window window, CostGate gate, CallTime time) {
        var into = new RowCollector(types, session, window, window.bytes(), time.memory());
        try (var transaction = transaction(session, step.changes(), time)) {
            var answer = step.take(transaction, into, gate);
            commit(session, transaction);
            answers.learn(step, into);
            return answer;
        } catch (SQLException e) {
            if (!(step instanceof DirectStep direct) || !direct.wantsNoTransaction(e)) {
                throw failure(e, step);
            }
            return alone(session, direct, into, time);
        }
    }

    /** One of the few statements that the server runs outside transactions only. */
    private static Answer alone(GuardedConnection session, DirectStep step, RowCollector into, CallTime time) {
        try {
            return step.takeAlone(session, into, time);
        } catch (SQLException e) {
            throw failure(e, step);
        } finally {
            Transaction.changing(session, time).reset();
        }
    }

    /** Several statements, all or none. */
    List<Answer> runAll(
            GuardedConnection session, List<StatementStep> steps, Window window, CostGate gate, CallTime time) {
        each(steps, step -> admit(session, step, time));
        try (var transaction = transaction(session, steps.stream().anyMatch(StatementStep::changes), time)) {
            var answers = new ArrayList<Answer>();
            var bytes = new long[] {window.bytes()};
            each(steps, step -> {
                var into = new RowCollector(types, session, window, bytes[0], time.memory());
                answers.add(take(transaction, step, into, gate));
                bytes[0] -= into.size();
            });
            commit(session, transaction);
            return answers;
        }
    }

    /** The plan of a statement that is not run, as PostgreSQL writes it in JSON. */
    String plan(GuardedConnection session, ExplainStep plan, CallTime time) {
        admit(session, plan, time);
        try (var transaction = Transaction.reading(session, time)) {
            return plan.json(transaction);
        } catch (SQLException e) {
            throw failure(e, plan);
        }
    }

    /** Looks something up, within a snapshot. */
    <T> T look(GuardedConnection session, Look<T> look, CallTime time) {
        try (var transaction = Transaction.reading(session, time)) {
            transaction.begin();
            return session.lookUp(look::look);
        } catch (SQLException e) {
            throw DriverExceptionMapper.of(e, StatementException.UNKNOWN);
        }
    }

    private static void each(List<StatementStep> steps, Consumer<StatementStep> work) {
        int number = 1;
        for (var step : steps) {
            try {
                work.accept(step);
            } catch (PortException failure) {
                throw DriverExceptionMapper.ofOperation(number, steps.size(), failure);
            }
            number++;
        }
    }

    private void admit(GuardedConnection session, StatementStep step, CallTime time) {
        try {
            session.setNetworkTimeout(time.scope().remaining());
            session.lookUp(connection -> {
                policy.admit(step.asked().statement(), connection);
                return step;
            });
        } catch (SQLException e) {
            throw DriverExceptionMapper.of(e, StatementException.UNKNOWN);
        }
    }

    private Transaction transaction(GuardedConnection session, boolean changes, CallTime time) {
        return changes ? Transaction.changing(session, time) : Transaction.reading(session, time);
    }

    private static Answer take(Transaction transaction, StatementStep step, RowCollector into, CostGate gate) {
        try {
            return step.take(transaction, into, gate);
        } catch (SQLException e) {
            throw failure(e, step);
        }
    }

    private static void commit(GuardedConnection session, Transaction transaction) {
        if (!transaction.isChanging()) {
            return;
        }
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw DriverExceptionMapper.atCommit(e, session.isBroken());
        }
    }

    private static PortException failure(SQLException thrown, StatementStep step) {
        return DriverExceptionMapper.of(thrown, StatementException.of(thrown, step.before(), step.places()));
    }

    /** Looks something up. */
    @FunctionalInterface
    interface Look<T> {
        T look(Connection connection) throws SQLException;
    }
}
