package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.statement.Verb;
import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import io.breakwater.port.Failure.Refused.Reason;
import io.breakwater.port.Figures;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private final Node primary;
    private final Gate gate;
    private final Runner runner;

    private PostgresDatabase(DatabaseSettings settings) {
        this.settings = settings;
        this.gate = Gate.of(settings.mode());
        this.runner = new Runner(new FunctionPolicy(settings.mode(), settings.allowedFunctions()));
        this.primary = new Node("database", settings.url(), settings);
    }

    /** Begins to connect as the settings say, and does not wait for it. */
    public static PostgresDatabase open(DatabaseSettings settings) {
        return new PostgresDatabase(settings);
    }

    /** For the health report, under the name {@code database}. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("database", need, scope -> tables(scope));
    }

    /** Shows how many connections there are. */
    public void show(Figures figures) {
        primary.show(figures);
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
    public Answer execute(Statement statement, Window window, CostGate gate, CallScope scope) {
        var step = step(statement, window);
        var time = time(scope);
        try (var session = primary.take(time)) {
            return runner.run(session, step, window, gate, time);
        }
    }

    @Override
    public List<Answer> executeAll(List<Statement> statements, Window window, CostGate gate, CallScope scope) {
        var steps = steps(statements, window);
        var time = time(scope);
        try (var session = primary.take(time)) {
            return runner.runAll(session, steps, window, gate, time);
        }
    }

    @Override
    public Json explain(Statement query, CallScope scope) {
        var plan = plan(Asked.of(query));
        var time = time(scope);
        try (var session = primary.take(time)) {
            return new Json.Raw(runner.plan(session, plan, time).getBytes(UTF_8));
        }
    }

    private Time time(CallScope scope) {
        return new Time(scope, settings.limits().statementTime());
    }

    private List<Step> steps(List<Statement> statements, Window window) {
        var steps = new ArrayList<Step>();
        for (var statement : statements) {
            try {
                steps.add(step(statement, window));
            } catch (Failure failure) {
                throw Failures.ofOperation(steps.size() + 1, statements.size(), failure);
            }
        }
        return steps;
    }

    private Step step(Statement statement, Window window) {
        boolean laterPart = window.offset() > 0;
        var step = gate.step(Asked.of(statement), laterPart);
        if (step.changes() && laterPart) {
            throw invalid("A statement that may change something is not run again to show more of its rows.");
        }
        return step;
    }

    private Plan plan(Asked asked) {
        if (asked.statement().verb() instanceof Verb.Explain) {
            throw invalid("Write the statement to be explained without EXPLAIN.");
        }
        gate.step(asked, false);
        return Plan.asJson(asked);
    }

    private static Failure invalid(String sentence) {
        return new Failure.Refused(Reason.INVALID, sentence, null);
    }

    @Override
    public List<TableName> tables(CallScope scope) {
        throw away();
    }

    @Override
    public Optional<Table> table(String name, CallScope scope) {
        throw away();
    }

    private static Failure away() {
        return new Failure.Unavailable("The database cannot be reached.", null, null);
    }

    /** Closes all connections; statements that still run are stopped. */
    @Override
    public void close() {
        primary.close();
    }
}
