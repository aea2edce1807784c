package io.breakwater.adapter.postgres.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.adapter.postgres.ServerDataSource;
import io.breakwater.port.CallContext;
import io.breakwater.port.MetricSink;
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
 * The sessions of one server. They are made in the background from the beginning, and again for as long as the server
 * is away; only calls that need a session wait for one. Thread-safe.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    private final String name;
    private final PoolSettings settings;
    private final SessionSettings pinned;
    private final StatementFrame frame;
    private final ConnectionAttempts attempts;
    private final HikariPool pool;
    private final Semaphore turns;
    private final PendingAcquisitions waits = new PendingAcquisitions();
    private final Set<GuardedConnection> taken = ConcurrentHashMap.newKeySet();
    private final LeakReporter leaks;
    private final AtomicLong timeouts = new AtomicLong();

    /**
     * A pool of that name.
     *
     * @param pinned the settings of its sessions
     * @param frame what surrounds callers' statements in them
     * @param source makes connections that have these settings
     * @param log is told when the server goes away and when it is back
     */
    public ConnectionPool(
            String name,
            PoolSettings settings,
            SessionSettings pinned,
            StatementFrame frame,
            ServerDataSource source,
            OutageLog log) {
        this.name = name;
        this.settings = settings;
        this.pinned = pinned;
        this.frame = frame;
        this.attempts = new ConnectionAttempts(source, log, new Suspicion());
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
        this.turns = new Semaphore(settings.max(), true);
        this.leaks = new LeakReporter(name, settings.leakAfter(), taken);
        if (!settings.leakAfter().isZero()) {
            leaks.start();
        }
    }

    /**
     * Takes a session for a call, which closes it. It is waited for until the call is cancelled, and stops then what
     * runs in it.
     *
     * @param time how long to wait for one, if that is less than the settings say
     * @throws ServerAwayException at once, when none is open and the last attempt to open one failed
     * @throws SQLException when there was none in that time
     */
    public GuardedConnection acquire(Duration time, CallContext scope) throws SQLException {
        var waiting = new InterruptibleWait();
        scope.onCancel(waiting::end);
        var session = acquire(time, waiting);
        session.bindTo(scope);
        return session;
    }

    /** Takes a session for nobody in particular. */
    public GuardedConnection acquire(Duration time) throws SQLException {
        return acquire(time, new InterruptibleWait());
    }

    private GuardedConnection acquire(Duration time, InterruptibleWait waiting) throws SQLException {
        return waits.during(waiting, () -> inTime(time));
    }

    /** Both kinds of waits say in the same way that the time was over; all else says something else. */
    private GuardedConnection inTime(Duration time) throws SQLException {
        long millis = Math.min(time.toMillis() + 1, settings.acquireTimeout().toMillis());
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        requireServer();
        try {
            awaitTurn(millis);
            return connected(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (ServerAwayException e) {
            throw e;
        } catch (SQLTransientConnectionException e) {
            timeouts.incrementAndGet();
            attempts.waited(settings.acquireTimeout().dividedBy(2));
            throw e;
        }
    }

    private void requireServer() throws ServerAwayException {
        var outage = outage();
        if (outage != null) {
            throw new ServerAwayException(outage);
        }
    }

    /**
     * Why a wait would be in vain; null when it may bring a session. While sessions are open, one of them may be given
     * back; those of a silent server hang, unless one of them shows otherwise.
     */
    private @Nullable Outage outage() {
        var outage = attempts.outage();
        if (outage == null || pool.getTotalConnections() == 0) {
            return outage;
        }
        boolean hangs = outage.fault() == ConnectFailure.SILENT && !attempts.hasAnswered();
        return hangs && pool.getIdleConnections() == 0 ? outage : null;
    }

    /** No connection that is open now is used for another call. */
    public void renew() {
        pool.softEvictConnections();
    }

    /**
     * Calls wait here and not in HikariCP: in the order in which they came, and without whoever gives a connection back
     * having to look out for a taker.
     */
    private void awaitTurn(long millis) throws SQLException {
        try {
            if (!turns.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("all connections are in use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private GuardedConnection connected(long millis) throws SQLException {
        boolean made = false;
        try {
            requireServer();
            var session = new GuardedConnection(pool.getConnection(millis), this);
            taken.add(session);
            made = true;
            return session;
        } finally {
            if (!made) {
                turns.release();
            }
        }
    }

    /** True when every connection that there may be is in use, so that waiting was for one of them. */
    public boolean isExhausted() {
        return !waits.isClosed() && pool.getActiveConnections() >= settings.max();
    }

    /** Breaks off whatever is under way in sessions, as if the server had been lost. */
    public void abortAll() {
        taken.forEach(GuardedConnection::abort);
    }

    SessionSettings pinned() {
        return pinned;
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

    void closed(GuardedConnection session) {
        taken.remove(session);
        if (!session.isBroken()) {
            attempts.onAnswer();
        }
        turns.release();
    }

    /** Shows how many connections there are. */
    public void bindMetrics(MetricSink figures) {
        connections(figures, "active", pool::getActiveConnections);
        connections(figures, "idle", pool::getIdleConnections);
        var labels = Map.of("pool", name);
        figures.gauge("mcp_pool_connections_max", "Connections that may be open at most.", labels, settings::max);
        figures.gauge("mcp_pool_waiting", "Calls that wait for a connection.", labels, this::waiting);
        figures.counter(
                "mcp_pool_timeouts_total", "Calls that got no connection in time.", labels, timeouts::doubleValue);
    }

    private int waiting() {
        return turns.getQueueLength() + pool.getThreadsAwaitingConnection();
    }

    private void connections(MetricSink figures, String state, IntSupplier value) {
        figures.gauge(
                "mcp_pool_connections",
                "Connections that are open.",
                Map.of("pool", name, "state", state),
                value::getAsInt);
    }

    /** Closes all connections, those in use too. Calls that wait for one fail at once. */
    @Override
    public void close() {
        waits.close();
        attempts.close();
        leaks.close();
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("Interrupted while connections were closed");
        }
    }

    /** What follows from the failure of a connection. HikariCP begins its work later than the pool is made. */
    private final class Suspicion implements ConnectionAttempts.Listener {
        @Override
        public void away() {
            var outage = outage();
            if (outage != null) {
                waits.end(() -> new ServerAwayException(outage));
            }
        }

        /** The others have most likely been lost with it. */
        @Override
        public void foundDead() {
            renew();
        }

        @Override
        public boolean isServing() {
            return pool.getTotalConnections() > 0;
        }
    }
}
