package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.policy.FunctionPolicy;
import io.breakwater.adapter.postgres.session.Session;
import io.breakwater.adapter.postgres.type.Types;
import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import io.breakwater.port.Figures;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.SqlGateway;
import io.breakwater.port.driven.TableCatalog;
import java.sql.SQLException;
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
    private final FunctionPolicy policy;
    private final Reads reads;

    private PostgresDatabase(DatabaseSettings settings) {
        this.settings = settings;
        this.policy = new FunctionPolicy(settings.mode(), settings.allowedFunctions());
        this.reads = new Reads(new Types());
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
        var asked = Asked.of(statement);
        var time = new Time(scope, settings.limits().statementTime());
        try (var session = primary.take(time)) {
            admit(asked, session);
            return reads.run(session, asked, window, gate, time);
        }
    }

    private void admit(Asked asked, Session session) {
        try {
            policy.admit(asked.statement(), session.connection());
        } catch (SQLException e) {
            throw Failures.of(e, 0);
        }
    }

    @Override
    public List<Answer> executeAll(List<Statement> statements, Window window, CostGate gate, CallScope scope) {
        throw away();
    }

    @Override
    public Json explain(Statement query, CallScope scope) {
        throw away();
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
