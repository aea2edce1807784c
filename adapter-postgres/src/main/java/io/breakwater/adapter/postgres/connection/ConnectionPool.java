package io.breakwater.adapter.postgres.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one server. The pool opens them in the background from its creation, and retries during an outage;
 * only calls that need a connection wait for one. Thread-safe.
 */
@OutageBehavior(
        guard = "queries",
        dependency = GuardDependency.DATABASE,
        failure = "without a free connection",
        effect = OutageEffect.DENY,
        behavior = "A query ends with `OVERLOADED` after `database.pool.acquire-timeout`.",
        recovery = "The next query gets a connection when another one ends.",
        signal = "`mcp_pool_timeouts_total{pool=\"database\"}`",
        details = "database.md#what-to-monitor")
public final class ConnectionPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    private final String name;
    private final PoolSettings settings;
    private final SessionSettings sessionSettings;
    private final StatementFrame frame;
    private final ConnectionAttempts attempts;
    private final HikariPool pool;
    private final Semaphore permits;
    private final PendingAcquisitions pending = new PendingAcquisitions();
    private final Set<GuardedConnection> inUse = ConcurrentHashMap.newKeySet();
    private final LeakReporter leaks;
    private final AtomicLong timeouts = new AtomicLong();

    /**
     * Creates a pool.
     *
     * @param name the name of the pool, for threads, metrics and logs
     * @param sessionSettings the PostgreSQL settings of its connections
     * @param frame the statements around callers' statements on its connections
     * @param source opens connections with these settings
     * @param log receives the beginning and the end of outages
     * @param leakSetting the name of the setting for {@link PoolSettings#leakAfter} in messages
     */
    public ConnectionPool(
            String name,
            PoolSettings settings,
            SessionSettings sessionSettings,
            StatementFrame frame,
            ServerDataSource source,
            OutageLog log,
            String leakSetting) {
        this.name = name;
        this.settings = settings;
        this.sessionSettings = sessionSettings;
        this.frame = frame;
        this.attempts = new ConnectionAttempts(source, log, new FailureListener());
        var config = new HikariConfig();
        config.setPoolName("breakwater-" + name);
        config.setDataSource(attempts);
        config.setMinimumIdle(settings.min());
        config.setMaximumPoolSize(settings.max());
        config.setConnectionTimeout(settings.acquireTimeout().toMillis());
        config.setValidationTimeout(Math.min(1_000, settings.acquireTimeout().toMillis()));
        config.setInitializationFailTimeout(-1);
        config.validate();
        this.pool = new HikariPool(config);
        this.permits = new Semaphore(settings.max(), true);
        this.leaks = new LeakReporter(name, settings.leakAfter(), leakSetting, inUse);
        if (!settings.leakAfter().isZero()) {
            leaks.start();
        }
    }

    /**
     * Acquires a connection for a call, which must close it. A cancellation of the call ends the wait, and cancels the
     * statement that runs on the connection.
     *
     * @param time how long to wait for a connection, if that is less than the acquire timeout of the settings
     * @throws ServerUnavailableException at once, when no connection is open and the last attempt to open one failed
     * @throws SQLException when no connection was available in that time
     */
    public GuardedConnection acquire(Duration time, CallContext context) throws SQLException {
        var waiting = new InterruptibleWait();
        context.onCancel(waiting::interrupt);
        var connection = acquire(time, waiting);
        connection.bindTo(context);
        return connection;
    }

    /** Acquires a connection that belongs to no call. */
    public GuardedConnection acquire(Duration time) throws SQLException {
        return acquire(time, new InterruptibleWait());
    }

    private GuardedConnection acquire(Duration time, InterruptibleWait waiting) throws SQLException {
        return pending.during(waiting, () -> acquireWithin(time));
    }

    /** Counts a timeout. Both waits report it with the same exception type, and no other failure uses that type. */
    private GuardedConnection acquireWithin(Duration time) throws SQLException {
        long millis = Math.min(time.toMillis() + 1, settings.acquireTimeout().toMillis());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        requireServer();
        try {
            awaitPermit(millis);
            return openConnection(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (ServerUnavailableException e) {
            throw e;
        } catch (SQLTransientConnectionException e) {
            timeouts.incrementAndGet();
            attempts.onAcquireTimeout(settings.acquireTimeout().dividedBy(2));
            throw e;
        }
    }

    private void requireServer() throws ServerUnavailableException {
        var outage = outage();
        if (outage != null) {
            throw new ServerUnavailableException(outage);
        }
    }

    /**
     * Returns the outage that makes waiting useless; null when a wait may succeed. While connections are open, one of
     * them may return to the pool, but those of a server that does not answer hang, unless one of them has had an
     * answer since.
     */
    private @Nullable Outage outage() {
        var outage = attempts.outage();
        if (outage == null || pool.getTotalConnections() == 0) {
            return outage;
        }
        boolean hangs = outage.fault() == ConnectionFailure.TIMEOUT && !attempts.hasAnswered();
        return hangs && pool.getIdleConnections() == 0 ? outage : null;
    }

    /** Evicts all open connections: each closes when it is idle, and no further call uses it. */
    public void evictAll() {
        pool.softEvictConnections();
    }

    /**
     * Waits for a permit. Calls wait here and not in HikariCP: they proceed in the order of their arrival, and the
     * thread that returns a connection does not have to find the next call.
     */
    private void awaitPermit(long millis) throws SQLException {
        try {
            if (!permits.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private GuardedConnection openConnection(long millis) throws SQLException {
        boolean opened = false;
        try {
            requireServer();
            var connection = new GuardedConnection(pool.getConnection(millis), this);
            inUse.add(connection);
            opened = true;
            return connection;
        } finally {
            if (!opened) {
                permits.release();
            }
        }
    }

    /** Whether all connections of the pool are in use, so that a wait was for one of them. */
    public boolean isExhausted() {
        return !pending.isClosed() && pool.getActiveConnections() >= settings.max();
    }

    /** Aborts all connections in use; their statements fail as after a loss of the server. */
    public void abortAll() {
        inUse.forEach(GuardedConnection::abort);
    }

    SessionSettings sessionSettings() {
        return sessionSettings;
    }

    StatementFrame frame() {
        return frame;
    }

    Duration retireAfter() {
        return settings.retireAfter();
    }

    void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    void closed(GuardedConnection connection) {
        inUse.remove(connection);
        if (!connection.isBroken()) {
            attempts.onAnswer();
        }
        permits.release();
    }

    /** Registers the metrics of the pool. */
    public void bindMetrics(MetricSink metrics) {
        gauge(metrics, "active", pool::getActiveConnections);
        gauge(metrics, "idle", pool::getIdleConnections);
        var labels = Map.of("pool", name);
        metrics.gauge("mcp_pool_connections_max", "Connections that may be open at most.", labels, settings::max);
        metrics.gauge("mcp_pool_waiting", "Calls that wait for a connection.", labels, this::waiting);
        metrics.counter(
                "mcp_pool_timeouts_total", "Calls that got no connection in time.", labels, timeouts::doubleValue);
    }

    private int waiting() {
        return permits.getQueueLength() + pool.getThreadsAwaitingConnection();
    }

    private void gauge(MetricSink metrics, String state, IntSupplier value) {
        metrics.gauge(
                "mcp_pool_connections",
                "Connections that are open.",
                Map.of("pool", name, "state", state),
                value::getAsInt);
    }

    /** Closes all connections, including those in use. Calls that wait for a connection fail at once. */
    @Override
    public void close() {
        pending.close();
        attempts.close();
        leaks.close();
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("Interrupted while closing the connections");
        }
    }

    /** Handles failures of connections. HikariCP starts to open connections only after the pool is constructed. */
    private final class FailureListener implements ConnectionAttempts.Listener {
        @Override
        public void onOutage() {
            var outage = outage();
            if (outage != null) {
                pending.interruptAll(() -> new ServerUnavailableException(outage));
            }
        }

        /** Evicts the other connections too, because they are probably lost as well. */
        @Override
        public void onDeadConnection() {
            evictAll();
        }

        @Override
        public boolean isServing() {
            return pool.getTotalConnections() > 0;
        }
    }
}
