package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.codec.RowsEncoder;
import io.breakwater.adapter.postgres.codec.TypeRegistry;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.StatementDescription;
import io.breakwater.port.driven.SqlGateway.StatementResult;
import io.breakwater.port.driven.SqlGateway.Window;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs allowed statements, each call on its own connection and in its own transaction. */
final class StatementRunner {
    private final FunctionPolicy policy;
    private final TypeRegistry types = new TypeRegistry();
    private final ShortResults shortResults = new ShortResults();

    StatementRunner(FunctionPolicy policy) {
        this.policy = policy;
    }

    /**
     * Refuses a statement with functions that PostgreSQL cannot interrupt, unless they are allowed by name.
     *
     * @return whether the statement uses such functions that are allowed by name
     */
    boolean checkUninterruptible(StatementStep step) {
        var parsed = step.parsed();
        return policy.mayBeUninterruptible(parsed.statement())
                && policy.checkUninterruptible(parsed.statement(), parsed.lengths());
    }

    /** Runs one statement. */
    StatementResult run(GuardedConnection connection, StatementStep step, Window window, CostGate gate, CallTime time) {
        admit(connection, step, time);
        var answer = step instanceof QueryStep query
                        && gate.equals(CostGate.OPEN)
                        && shortResults.fitsOnePortion(query, window)
                ? runInOneMessage(connection, query, window, time)
                : null;
        return answer == null ? runInTransaction(connection, step, window, gate, time) : answer;
    }

    /** Runs a query in one message; null when not all rows fit into it, which only the attempt can show. */
    private @Nullable StatementResult runInOneMessage(
            GuardedConnection connection, QueryStep query, Window window, CallTime time) {
        var collector = new RowCollector(types, connection, window, window.bytes(), time.memory());
        try (var transaction = Transaction.reading(connection, time)) {
            query.executeInOneMessage(transaction, collector);
        } catch (SQLException e) {
            throw failure(e, query);
        }
        shortResults.record(query, collector);
        return collector.isComplete() ? query.answer(collector) : null;
    }

    private StatementResult runInTransaction(
            GuardedConnection connection, StatementStep step, Window window, CostGate gate, CallTime time) {
        var collector = new RowCollector(types, connection, window, window.bytes(), time.memory());
        try (var transaction = transaction(connection, step.changes(), time)) {
            var answer = step.execute(transaction, collector, gate);
            commit(connection, transaction);
            shortResults.record(step, collector);
            return answer;
        } catch (SQLException e) {
            if (!(step instanceof DirectStep direct) || !direct.requiresNoTransaction(e)) {
                throw failure(e, step);
            }
            return runOutsideTransaction(connection, direct, collector, time);
        }
    }

    /** Runs one of the few statements that the server accepts only outside transactions. */
    private static StatementResult runOutsideTransaction(
            GuardedConnection connection, DirectStep step, RowCollector collector, CallTime time) {
        try {
            return step.executeOutsideTransaction(connection, collector, time);
        } catch (SQLException e) {
            throw DriverExceptionMapper.outsideTransaction(failure(e, step));
        } catch (PortException e) {
            throw DriverExceptionMapper.outsideTransaction(e);
        } finally {
            Transaction.changing(connection, time).reset();
        }
    }

    /** Runs several statements in one transaction: all or none take effect. */
    List<StatementResult> runAll(
            GuardedConnection connection, List<StatementStep> steps, Window window, CostGate gate, CallTime time) {
        forEachOperation(steps, step -> admit(connection, step, time));
        try (var transaction = transaction(connection, steps.stream().anyMatch(StatementStep::changes), time)) {
            var answers = new ArrayList<StatementResult>();
            var bytes = new long[] {window.bytes()};
            forEachOperation(steps, step -> {
                var collector = new RowCollector(types, connection, window, bytes[0], time.memory());
                answers.add(execute(transaction, step, collector, gate));
                bytes[0] -= collector.size();
            });
            commit(connection, transaction);
            return answers;
        }
    }

    /** Returns PostgreSQL's plan in JSON; the statement does not run. */
    String plan(GuardedConnection connection, ExplainStep plan, CallTime time) {
        admit(connection, plan, time);
        try (var transaction = Transaction.reading(connection, time)) {
            return plan.json(transaction);
        } catch (SQLException e) {
            throw failure(e, plan);
        }
    }

    /** Returns the types and columns that the server infers for a statement; it does not run. */
    StatementDescription describe(GuardedConnection connection, StatementStep step, CallTime time) {
        admit(connection, step, time);
        try (var transaction = Transaction.reading(connection, time)) {
            var shape = step.describe(transaction);
            return connection.lookUp(jdbc -> new StatementDescription(
                    types.names(shape.parameterTypes(), jdbc),
                    RowsEncoder.of(shape.columns(), types, jdbc, 1).columns()));
        } catch (SQLException e) {
            throw failure(e, step);
        }
    }

    /** Runs a lookup in a snapshot. */
    <T> T lookUp(GuardedConnection connection, GuardedConnection.Lookup<T> lookUp, CallTime time) {
        try (var transaction = Transaction.reading(connection, time)) {
            transaction.begin();
            return connection.lookUp(lookUp);
        } catch (SQLException e) {
            throw DriverExceptionMapper.of(e, ErrorLocation.UNKNOWN);
        }
    }

    /** Runs work for each of several operations; the message of a failure has the number of its operation. */
    static <T> void forEachOperation(List<T> operations, Consumer<T> work) {
        int number = 1;
        for (var operation : operations) {
            try {
                work.accept(operation);
            } catch (PortException failure) {
                throw DriverExceptionMapper.ofOperation(number, operations.size(), failure);
            }
            number++;
        }
    }

    private void admit(GuardedConnection connection, StatementStep step, CallTime time) {
        try {
            connection.setNetworkTimeout(time.context().remaining());
            connection.lookUp(jdbc -> {
                policy.admit(step.parsed().statement(), jdbc);
                return step;
            });
        } catch (SQLException e) {
            throw DriverExceptionMapper.of(e, ErrorLocation.UNKNOWN);
        }
    }

    private Transaction transaction(GuardedConnection connection, boolean changes, CallTime time) {
        return changes ? Transaction.changing(connection, time) : Transaction.reading(connection, time);
    }

    private static StatementResult execute(
            Transaction transaction, StatementStep step, RowCollector collector, CostGate gate) {
        try {
            return step.execute(transaction, collector, gate);
        } catch (SQLException e) {
            throw failure(e, step);
        }
    }

    private static void commit(GuardedConnection connection, Transaction transaction) {
        if (!transaction.isChanging()) {
            return;
        }
        try {
            transaction.commit();
        } catch (SQLException e) {
            throw DriverExceptionMapper.atCommit(e, connection.isBroken());
        }
    }

    private static PortException failure(SQLException thrown, StatementStep step) {
        var location = ErrorLocation.of(thrown, step.prefixLength(), step.positions());
        return DriverExceptionMapper.of(
                thrown, location.inSourceOf(step.parsed().origin()));
    }
}
