package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.ConnectionPool;
import io.breakwater.adapter.postgres.connection.OutageLog;
import io.breakwater.adapter.postgres.connection.ServerDataSource;
import io.breakwater.adapter.postgres.connection.SessionSettings;
import io.breakwater.adapter.postgres.connection.StatementFrame;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.Accounts;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.CheckpointStore;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.IdempotencyStore;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.RevocationStore;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.util.Map;
import org.postgresql.PGProperty;

/**
 * Our own tables in PostgreSQL, with a role and a schema of their own. Opening the store never fails and never waits:
 * it connects and migrates in the background, and again after an outage of the server. Early calls wait for the first
 * attempt, for at most the acquire timeout of the pool; when the server is not available, they fail with {@link
 * io.breakwater.port.PortException.UnavailableException}. Thread-safe.
 */
@OutageBehavior(
        guard = "users and documents",
        dependency = GuardDependency.STORE,
        failure = "down or frozen",
        effect = OutageEffect.DENY,
        behavior =
                "Calls that need the store fail at once with `EXTERNAL_ERROR`, and at their deadline if the store is "
                        + "frozen. Documents in the cache are still returned.",
        recovery = "The server connects by itself, every `store.retry-after`, and migrates the schema if it must.",
        signal = "health cause `store`; `mcp_pool_timeouts_total{pool=\"store\"}`",
        details = "store.md#outages")
public final class PostgresStore implements AutoCloseable {
    private static final Map<PGProperty, String> DEFAULTS = Map.of(
            PGProperty.APPLICATION_NAME, "breakwater",
            PGProperty.CONNECT_TIMEOUT, "5",
            PGProperty.LOGIN_TIMEOUT, "10",
            PGProperty.CANCEL_SIGNAL_TIMEOUT, "5",
            PGProperty.TCP_KEEP_ALIVE, "true");

    private final CheckSignal signal = new CheckSignal();
    private final ConnectionPool pool;
    private final SchemaMaintainer maintainer;
    private final StoreStatements sql;
    private final UserStore users;
    private final DocumentStore documents;
    private final IdempotencyStore idempotency;
    private final QuotaStore quotas;
    private final OrderStore orders;
    private final Accounts accounts;
    private final LoginFailures loginFailures;
    private final RevocationStore revocations;
    private final CheckpointStore checkpoints;

    private PostgresStore(StoreSettings settings, SettingNames names) {
        var source = new ServerDataSource(settings.url(), DEFAULTS, Map.of());
        maintainer = SchemaMaintainer.of(settings, names, signal);
        var outages = OutageLog.running(maintainer::recheck);
        pool = new ConnectionPool(
                "store",
                settings.pool(),
                SessionSettings.none(),
                StatementFrame.none(),
                source,
                outages,
                names.nameOf("StoreSettings.pool.leakAfter"));
        sql = new StoreStatements(pool, maintainer);
        var writes = new RecordedWrites(sql, settings.quotedSchema());
        users = new PostgresUsers(sql, writes, settings.quotedSchema());
        documents = new PostgresDocuments(sql, writes, settings);
        idempotency = new PostgresIdempotency(sql, settings.quotedSchema());
        quotas = new PostgresQuotas(sql, settings.quotedSchema());
        orders = new PostgresOrders(sql, settings.quotedSchema());
        accounts = new PostgresAccounts(sql, settings.quotedSchema());
        loginFailures = new PostgresLoginFailures(sql, settings.quotedSchema());
        revocations = new PostgresRevocations(sql, settings.quotedSchema());
        checkpoints = new PostgresCheckpoints(sql, settings.quotedSchema());
    }

    /** Opens the store of these settings. */
    public static PostgresStore open(StoreSettings settings) {
        return open(settings, SettingNames.JAVA);
    }

    /** Opens the store of these settings; messages use these names of settings. */
    public static PostgresStore open(StoreSettings settings, SettingNames names) {
        return new PostgresStore(settings, names);
    }

    /** The users. */
    public UserStore users() {
        return users;
    }

    /** The documents. */
    public DocumentStore documents() {
        return documents;
    }

    /** The results of calls with idempotency keys. */
    public IdempotencyStore idempotency() {
        return idempotency;
    }

    /** What callers and tenants have used of their quotas. */
    public QuotaStore quotas() {
        return quotas;
    }

    /** How far the orders have come that several services create. */
    public OrderStore orders() {
        return orders;
    }

    /** The accounts that can log in. */
    public Accounts accounts() {
        return accounts;
    }

    /** The counters of failed logins. */
    public LoginFailures loginFailures() {
        return loginFailures;
    }

    /** The revoked tokens. */
    public RevocationStore revocations() {
        return revocations;
    }

    /** The copies of the checkpoints of audit logs. */
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    /** The dependency {@code store} of the health report. */
    public Dependency dependency(Dependency.Need need) {
        return new Dependency("store", need, this::probe, signal);
    }

    private void probe(CallContext context) {
        try {
            var unused = sql.run("SELECT 1", context, rows -> true);
        } catch (PortException.UnavailableException e) {
            var problem = maintainer.problem();
            throw problem == null ? e : new PortException.UnavailableException(problem, e.retryAfter(), null);
        }
    }

    /** Registers the metrics of the connections. */
    public void bindMetrics(MetricSink metrics) {
        pool.bindMetrics(metrics);
    }

    /** Closes all connections; running statements fail. */
    @Override
    public void close() {
        maintainer.close();
        pool.close();
    }
}
