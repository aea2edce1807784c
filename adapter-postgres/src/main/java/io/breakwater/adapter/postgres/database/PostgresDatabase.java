package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.postgres.catalog.TableCatalogReader;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A PostgreSQL database of somebody else's, and statements from strangers that run in it under a guard.
 *
 * <p>Opening it connects to nothing: connections are made in the background, and a server that is down fails the calls
 * that need it until it is back. Thread-safe; its methods may be called on virtual threads.
 *
 * <pre>{@code
 * var database = PostgresDatabase.open(DatabaseSettings.at(ConnectionString.of(url)));
 * }</pre>
 */
public final class PostgresDatabase implements SqlGateway, TableCatalog, AutoCloseable {
    private final DatabaseSettings settings;
    private final CheckSignal signal = new CheckSignal();
    private final DatabaseCluster nodes;
    private final VerbPolicy gate;
    private final StatementRunner runner;
    private final StatementCache known = new StatementCache();

    private PostgresDatabase(DatabaseSettings settings) {
        this.settings = settings;
        this.gate = VerbPolicy.of(settings.mode());
        this.runner = new StatementRunner(new FunctionPolicy(settings.mode(), settings.allowedFunctions()));
        this.nodes = new DatabaseCluster(settings, signal, System::nanoTime);
    }

    /** Begins to connect as the settings say, and does not wait for it. */
    public static PostgresDatabase open(DatabaseSettings settings) {
        return new PostgresDatabase(settings);
    }

    /** For the health report, under the name {@code database}. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("database", need, this::probe, signal);
    }

    /**
     * For the health report, under the name {@code database-backends}: down when as many backends work on as
     * {@code limits.runaway}. Optional, because most statements are still served.
     */
    public Dependency backends() {
        return Dependency.optional("database-backends", scope -> nodes.explainRunaways());
    }

    private void probe(CallContext scope) {
        nodes.primary().probe(time(scope));
    }

    /** Shows how many connections there are. */
    public void bindMetrics(MetricSink figures) {
        nodes.bindMetrics(figures);
    }

    @Override
    public AccessMode mode() {
        return settings.mode();
    }

    @Override
    public String identity() {
        return settings.url().place() + " " + settings.url().role();
    }

    @Override
    public Answer execute(Statement statement, Window window, CostGate gate, CallContext scope) {
        var step = step(statement, window);
        return on(
                step.changes(),
                runner.admitWork(step),
                scope,
                (session, time) -> runner.run(session, step, window, gate, time));
    }

    @Override
    public List<Answer> executeAll(List<Statement> statements, Window window, CostGate gate, CallContext scope) {
        var steps = steps(statements, window);
        boolean changes = steps.stream().anyMatch(StatementStep::changes);
        boolean uninterruptible = uninterruptible(steps);
        return on(
                changes, uninterruptible, scope, (session, time) -> runner.runAll(session, steps, window, gate, time));
    }

    @Override
    public Json explain(Statement query, CallContext scope) {
        var plan = plan(ParsedStatement.of(query, known));
        var json = on(false, runner.admitWork(plan), scope, (session, time) -> runner.plan(session, plan, time));
        return new Json.Raw(json.getBytes(UTF_8));
    }

    /** Does it where it can be done: what changes nothing, at any of the servers. */
    private <T> T on(
            boolean changes,
            boolean uninterruptible,
            CallContext scope,
            BiFunction<GuardedConnection, CallTime, T> work) {
        var time = time(scope);
        Function<DatabaseServer, T> there = node -> {
            try {
                return node.run(uninterruptible, time, session -> work.apply(session, time));
            } catch (PortException failure) {
                throw scope.cancelled()
                        ? DriverExceptionMapper.outOfTime(null)
                        : failure; // no cause: it is no fault of the server's
            }
        };
        return changes ? nodes.write(there) : nodes.read(there);
    }

    private CallTime time(CallContext scope) {
        return new CallTime(scope, settings.limits().statementTime());
    }

    private List<StatementStep> steps(List<Statement> statements, Window window) {
        var steps = new ArrayList<StatementStep>();
        for (var statement : statements) {
            try {
                steps.add(step(statement, window));
            } catch (PortException failure) {
                throw DriverExceptionMapper.ofOperation(steps.size() + 1, statements.size(), failure);
            }
        }
        return steps;
    }

    private boolean uninterruptible(List<StatementStep> steps) {
        boolean any = false;
        int number = 1;
        for (var step : steps) {
            try {
                any |= runner.admitWork(step);
            } catch (PortException failure) {
                throw DriverExceptionMapper.ofOperation(number, steps.size(), failure);
            }
            number++;
        }
        return any;
    }

    private StatementStep step(Statement statement, Window window) {
        boolean laterPart = window.offset() > 0;
        var step = gate.step(ParsedStatement.of(statement, known), laterPart);
        if (step.changes() && laterPart) {
            throw invalid("A statement that may change something is not run again to show more of its rows.");
        }
        return step;
    }

    private ExplainStep plan(ParsedStatement asked) {
        if (asked.statement().verb() instanceof StatementVerb.Explain) {
            throw invalid("Write the statement to be explained without EXPLAIN.");
        }
        gate.step(asked, false);
        return ExplainStep.asJson(asked);
    }

    private static PortException invalid(String sentence) {
        return new PortException.RefusedException(Reason.INVALID, sentence, null);
    }

    @Override
    public List<TableName> tables(CallContext scope) {
        return look(TableCatalogReader::tables, scope);
    }

    @Override
    public Optional<Table> table(String name, CallContext scope) {
        return look(connection -> TableCatalogReader.table(connection, name), scope);
    }

    private <T> T look(StatementRunner.Look<T> look, CallContext scope) {
        return on(false, false, scope, (session, time) -> runner.look(session, look, time));
    }

    /** Closes all connections; statements that still run are stopped. */
    @Override
    public void close() {
        nodes.close();
    }
}
