package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.ServerDataSource;
import io.breakwater.adapter.postgres.connection.ConnectionPool;
import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.adapter.postgres.connection.SessionSettings;
import io.breakwater.adapter.postgres.connection.StatementFrame;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.BudgetStore;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.UserStore;
import java.util.Map;
import org.postgresql.PGProperty;

/**
 * Our own tables in a PostgreSQL, under a role and in a schema that are ours alone. Opening it never fails and never
 * waits: it connects and migrates in the background, and again after the server was away. Calls that come meanwhile
 * wait for the first attempt for as long as they would for a connection; when the server is not there they raise
 * {@link io.breakwater.port.PortException.UnavailableException}. Thread-safe.
 */
public final class PostgresStore implements AutoCloseable {
    private static final Map<PGProperty, String> UNLESS_SAID = Map.of(
            PGProperty.APPLICATION_NAME, "breakwater",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.LOGIN_TIMEOUT, "10",
            PGProperty.CANCEL_SIGNAL_TIMEOUT, "5",
            PGProperty.TCP_KEEP_ALIVE, "true");

    private final CheckSignal signal = new CheckSignal();
    private final ConnectionPool pool;
    private final SchemaMaintainer upkeep;
    private final StoreStatements sql;
    private final UserStore users;
    private final DocumentStore documents;
    private final BudgetStore budgets;

    private PostgresStore(StoreSettings settings) {
        var source = new ServerDataSource(settings.url(), UNLESS_SAID, Map.of());
        upkeep = SchemaMaintainer.of(settings, signal);
        var outages = OutageLog.running(upkeep::recheck);
        pool = new ConnectionPool(
                "store", settings.pool(), SessionSettings.none(), StatementFrame.none(), source, outages);
        sql = new StoreStatements(pool, upkeep);
        users = new PostgresUsers(sql, settings.quotedSchema());
        documents = new PostgresDocuments(sql, settings);
        budgets = new PostgresBudgets(sql, settings.quotedSchema());
    }

    /** Opens the store these settings describe. */
    public static PostgresStore open(StoreSettings settings) {
        return new PostgresStore(settings);
    }

    /** The users. */
    public UserStore users() {
        return users;
    }

    /** The documents. */
    public DocumentStore documents() {
        return documents;
    }

    /** What callers' queries have cost. */
    public BudgetStore budgets() {
        return budgets;
    }

    /** For the health report, under the name {@code store}. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("store", need, this::probe, signal);
    }

    private void probe(CallContext scope) {
        try {
            var unused = sql.run("SELECT 1", scope, rows -> true);
        } catch (PortException.UnavailableException e) {
            var trouble = upkeep.problem();
            throw trouble == null ? e : new PortException.UnavailableException(trouble, e.retryAfter(), null);
        }
    }

    /** Shows its connections. */
    public void bindMetrics(MetricSink figures) {
        pool.bindMetrics(figures);
    }

    /** Closes its connections; what is under way fails. */
    @Override
    public void close() {
        upkeep.close();
        pool.close();
    }
}
