package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.postgres.catalog.TableCatalogReader;
import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.sql.NamedSqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An operator's PostgreSQL database in which checked statements of callers run.
 *
 * <p>{@link #open} does not wait for a connection: connections open in the background, and while a server is down, the
 * calls that need it fail. Thread-safe; virtual threads may call its methods.
 *
 * <pre>{@code
 * var database = PostgresDatabase.open(DatabaseSettings.forUrl(ConnectionString.of(url)));
 * }</pre>
 */
@OutageBehavior(
        guard = "queries",
        dependency = GuardDependency.DATABASE,
        failure = "down",
        effect = OutageEffect.DENY,
        behavior = "Queries fail at once with `EXTERNAL_ERROR` and `retryAfterMs`.",
        recovery = "The server connects by itself.",
        signal = "health cause `database`",
        details = "database-tools.md#errors")
@OutageBehavior(
        guard = "queries",
        dependency = GuardDependency.DATABASE,
        failure = "frozen",
        effect = OutageEffect.DENY,
        behavior =
                "A query ends at its deadline, with `TIMEOUT` or, if it needs a new connection, with `EXTERNAL_ERROR`. "
                        + "After one call has waited for a connection in vain, the others do not wait.",
        recovery = "The server connects by itself.",
        signal = "health cause `database`",
        details = "database-tools.md#errors")
public final class PostgresDatabase implements SqlGateway, TableCatalog, AutoCloseable {
    private static final String NAME = "database";

    private final String name;
    private final DatabaseSettings settings;
    private final CheckSignal signal = new CheckSignal();
    private final DatabaseCluster cluster;
    private final VerbPolicy verbPolicy;
    private final StatementRunner runner;
    private final StatementCache statementCache = new StatementCache();

    private PostgresDatabase(String name, DatabaseSettings settings, SettingNames names) {
        this.name = name;
        this.settings = settings;
        this.verbPolicy = VerbPolicy.of(settings.mode());
        this.runner = new StatementRunner(new FunctionPolicy(settings.mode(), settings.allowedFunctions(), names));
        this.cluster = new DatabaseCluster(name, settings, names, signal, System::nanoTime);
    }

    /** Starts to connect in the background, and returns at once. */
    public static PostgresDatabase open(DatabaseSettings settings) {
        return open(settings, SettingNames.JAVA);
    }

    /** Starts to connect in the background, and returns at once; messages use these names of settings. */
    public static PostgresDatabase open(DatabaseSettings settings, SettingNames names) {
        return open(NAME, settings, names);
    }

    /**
     * Opens one of several databases.
     *
     * @param name the name of the database in the health report, metrics and logs, instead of {@code database}
     */
    public static PostgresDatabase open(String name, DatabaseSettings settings, SettingNames names) {
        return new PostgresDatabase(name, settings, names);
    }

    /** The dependency of the health report that has the name of the database. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency(name, need, this::probe, signal);
    }

    /**
     * The dependency {@code database-backends} (with the name of the database) of the health report. It is down when at least {@code limits.runaway}
     * backends still run after their calls ended. It is optional, because most statements still work.
     */
    public Dependency backends() {
        return Dependency.optional(name + "-backends", context -> cluster.requireFewRunaways());
    }

    private void probe(CallContext context) {
        cluster.primary().probe(time(context));
    }

    /** Registers the metrics of all servers. */
    public void bindMetrics(MetricSink metrics) {
        cluster.bindMetrics(metrics);
    }

    @Override
    public AccessMode mode() {
        return settings.mode();
    }

    @Override
    public String identity() {
        return settings.url().location() + " " + settings.url().role();
    }

    @Override
    public StatementResult execute(Statement statement, Window window, CostGate gate, CallContext context) {
        var step = step(statement, window);
        return runOn(
                step.changes(),
                runner.checkUninterruptible(step),
                context,
                (connection, time) -> runner.run(connection, step, window, gate, time));
    }

    @Override
    public List<StatementResult> executeAll(
            List<Statement> statements, Window window, CostGate gate, CallContext context) {
        var steps = steps(statements, window);
        boolean changes = steps.stream().anyMatch(StatementStep::changes);
        boolean uninterruptible = uninterruptible(steps);
        return runOn(
                changes,
                uninterruptible,
                context,
                (connection, time) -> runner.runAll(connection, steps, window, gate, time));
    }

    @Override
    public Json explain(Statement query, CallContext context) {
        var plan = plan(ParsedStatement.of(query, statementCache));
        var json = runOn(
                false,
                runner.checkUninterruptible(plan),
                context,
                (connection, time) -> runner.plan(connection, plan, time));
        return new Json.Raw(json.getBytes(UTF_8));
    }

    @Override
    public Optional<Json> plan(Statement statement, CallContext context) {
        var parsed = ParsedStatement.of(statement, statementCache);
        var verb = parsed.statement().verb();
        if (verb instanceof StatementVerb.Query || verb instanceof StatementVerb.Change) {
            return Optional.of(explain(statement, context));
        }
        runner.checkUninterruptible(verbPolicy.step(parsed, false));
        return Optional.empty();
    }

    @Override
    public NamedStatement parse(String sql) {
        var parsed = NamedSqlStatement.of(sql);
        var named = parsed.toNamed();
        runner.checkUninterruptible(verbPolicy.step(ParsedStatement.withoutValues(parsed.statement(), named), false));
        return named;
    }

    @Override
    public StatementDescription check(NamedStatement statement, CallContext context) {
        var parsed = ParsedStatement.withoutValues(statementCache.get(statement.sql()), statement);
        var step = verbPolicy.step(parsed, false);
        runner.checkUninterruptible(step);
        return runOn(false, false, context, (connection, time) -> runner.describe(connection, step, time));
    }

    /** Runs work at a suitable server: work that changes nothing may run at a replica. */
    private <T> T runOn(
            boolean changes,
            boolean uninterruptible,
            CallContext context,
            BiFunction<GuardedConnection, CallTime, T> work) {
        var time = time(context);
        Function<DatabaseServer, T> task = server -> {
            try {
                return server.run(uninterruptible, time, connection -> work.apply(connection, time));
            } catch (PortException failure) {
                // A cancellation has no cause, because the server did not fail.
                throw context.cancelled() ? CallDeadline.exceeded(null) : failure;
            }
        };
        return changes ? cluster.write(task) : cluster.read(task);
    }

    private CallTime time(CallContext context) {
        return new CallTime(context, settings.limits().statementTimeout());
    }

    private List<StatementStep> steps(List<Statement> statements, Window window) {
        var steps = new ArrayList<StatementStep>();
        StatementRunner.forEachOperation(statements, statement -> steps.add(step(statement, window)));
        return steps;
    }

    private boolean uninterruptible(List<StatementStep> steps) {
        var found = new ArrayList<StatementStep>();
        StatementRunner.forEachOperation(steps, step -> {
            if (runner.checkUninterruptible(step)) {
                found.add(step);
            }
        });
        return !found.isEmpty();
    }

    private StatementStep step(Statement statement, Window window) {
        boolean laterPart = window.offset() > 0;
        var step = verbPolicy.step(ParsedStatement.of(statement, statementCache), laterPart);
        if (step.changes() && laterPart) {
            throw invalid("A statement that may change data cannot run again to return more rows.");
        }
        return step;
    }

    private ExplainStep plan(ParsedStatement parsed) {
        if (parsed.statement().verb() instanceof StatementVerb.Explain) {
            throw invalid("Write the statement to explain without EXPLAIN.");
        }
        verbPolicy.step(parsed, false);
        return ExplainStep.asJson(parsed);
    }

    private static PortException invalid(String sentence) {
        return new PortException.RefusedException(Reason.INVALID, sentence, null);
    }

    @Override
    public List<TableName> tables(CallContext context) {
        return lookUp(TableCatalogReader::tables, context);
    }

    @Override
    public Optional<Table> table(String name, CallContext context) {
        return lookUp(connection -> TableCatalogReader.table(connection, name), context);
    }

    private <T> T lookUp(GuardedConnection.Lookup<T> lookUp, CallContext context) {
        return runOn(false, false, context, (connection, time) -> runner.lookUp(connection, lookUp, time));
    }

    /** Closes all connections; statements that still run end. */
    @Override
    public void close() {
        cluster.close();
    }
}
