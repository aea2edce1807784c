package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import io.breakwater.adapter.postgres.pipeline.StatementShape;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that one call uses exclusively. It returns to the pool only when it is {@linkplain #verifyClean verified
 * to be clean}; in all other cases it is closed.
 *
 * <p>A statement is cancelled through a second connection, by a message that names the server process and not the
 * statement. So that the message never cancels the next caller's statement, a connection on which a cancellation was
 * sent is closed too.
 */
public final class GuardedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnection.class);

    private static final Duration CANCEL_INTERVAL = Duration.ofMillis(200);

    private final Connection pooled;
    private final PgConnection connection;
    private final ConnectionPool pool;
    private final StatementFrame.Framed framed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long acquiredAt = System.nanoTime();
    private volatile String owner = "Breakwater itself";
    private volatile boolean leakReported;
    private boolean clean = true;
    private boolean stateUnknown;
    private boolean cancelSent; // guarded by this

    GuardedConnection(Connection pooled, ConnectionPool pool) throws SQLException {
        this.pooled = pooled;
        this.connection = pooled.unwrap(PgConnection.class);
        this.pool = pool;
        this.framed = pool.frame().of(connection);
    }

    /**
     * The driver's own connection, in auto-commit mode. Only our own statements may run on it, because the driver
     * parses and rewrites statements.
     */
    public PgConnection connection() {
        return connection;
    }

    /**
     * Sends statements verbatim in one round trip and returns their results, in order. When a statement fails, the
     * following ones do not run.
     *
     * @param maxRows the maximum number of rows for each statement; 0 for all
     */
    public List<RawResult> send(List<BoundStatement> statements, int maxRows) throws SQLException {
        markUsed();
        return attempt(() -> framed.pipeline().send(statements, maxRows));
    }

    /** Sends statements like {@link #send(List, int)} and returns all rows. */
    public List<RawResult> send(BoundStatement... statements) throws SQLException {
        return send(List.of(statements), 0);
    }

    /** Returns what the server infers for a statement, without running it. */
    public StatementShape describe(BoundStatement statement) throws SQLException {
        return attempt(() -> framed.pipeline().describe(statement));
    }

    /** Runs a lookup with the driver's connection. Only our own statements may run in it. */
    public <T> T lookUp(Lookup<T> lookup) throws SQLException {
        return attempt(() -> lookup.lookUp(connection));
    }

    /**
     * Runs an operation. After a failure that is no refusal of ours or of the server, the connection will be closed.
     */
    private <T> T attempt(Attempt<T> attempt) throws SQLException {
        boolean expected = false;
        try {
            var result = attempt.run();
            expected = true;
            return result;
        } catch (SQLException e) {
            expected = isRefusal(e);
            throw e;
        } catch (PortException e) {
            expected = true;
            throw e;
        } finally {
            stateUnknown |= !expected;
        }
    }

    /** Whether the server refused the statement. If it also closed the connection, the next message reveals that. */
    private static boolean isRefusal(SQLException thrown) {
        return thrown instanceof PSQLException server && server.getServerErrorMessage() != null;
    }

    /** The PID of the server process of this connection. */
    public int backend() {
        return connection.getBackendPID();
    }

    /** Sets the network timeout: how long to wait for bytes of the server before the connection fails. */
    public void setNetworkTimeout(Duration time) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, time.toMillis())));
    }

    /** Cancels the statement on this connection when the call is cancelled. */
    void bindTo(CallContext context) {
        owner = "call " + context.requestId();
        context.onCancel(this::cancelOnce);
    }

    /** The owner of the connection, for operators. */
    String owner() {
        return owner;
    }

    /** Returns true once, when the connection has been in use for that long. */
    boolean isLeaked(Duration time) {
        boolean leaked = !leakReported && System.nanoTime() - acquiredAt > time.toNanos();
        leakReported |= leaked;
        return leaked;
    }

    /** Whether the connection is closed, so that no statement can be sent. */
    public boolean isBroken() {
        return framed.pipeline().isClosed();
    }

    /**
     * Whether no statement must be sent, because the state of the connection is unknown or the connection is closed.
     */
    public boolean isUnusable() {
        return stateUnknown || isBroken();
    }

    /** The query whose result {@link #verifyClean} requires. */
    public BoundStatement fingerprint() {
        return pool.frame().fingerprint();
    }

    /**
     * Marks the connection as clean when its session state is the same as when the connection opened.
     *
     * @param answer the result of {@link #fingerprint()}, sent after all changes were undone
     * @return false when the result is missing, because rows before it were too large
     */
    public boolean verifyClean(RawResult answer) {
        var now = SessionStateDigest.of(answer);
        now.ifPresent(this::compare);
        return now.isPresent();
    }

    private void compare(SessionStateDigest now) {
        var start = framed.start();
        var difference = start == null ? Optional.of("initial state") : start.difference(now);
        difference.ifPresent(part -> {
            stateUnknown = true;
            LOG.warn("Closing a connection: {} changed the state of the connection: {}.", owner, part);
        });
        clean = difference.isEmpty() && framed.pipeline().isIdle() && connection.getStandardConformingStrings();
    }

    /** Discards the state of the session and applies the session settings again. */
    public void discardAll() throws SQLException {
        if (!framed.pipeline().isIdle()) {
            send(BoundStatement.of("ROLLBACK"));
        }
        var statements = new ArrayList<BoundStatement>();
        statements.add(BoundStatement.of("DISCARD ALL"));
        statements.addAll(pool.sessionSettings().statements());
        statements.add(fingerprint());
        verifyClean(send(statements, 0).getLast());
    }

    /** Marks the connection as used, so that it must be verified before it returns to the pool. */
    public void markUsed() {
        clean = false;
    }

    private synchronized void cancelOnce() {
        if (!cancelSent && closed.getCount() > 0) {
            cancelSent = true;
            runInBackground(this::cancelUntilClosed);
        }
    }

    /** Sends cancellations repeatedly, because the first one misses a statement that is still on its way. */
    private void cancelUntilClosed() {
        try {
            do {
                sendCancel();
            } while (!closed.await(CANCEL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one cancellation, over its own connection. */
    private void sendCancel() {
        try {
            framed.pipeline().cancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be cancelled; it ends by its own timeout: {}", e.getSQLState());
        }
    }

    private static void runInBackground(Runnable work) {
        Thread.ofVirtual().name("breakwater-stop").start(work);
    }

    /** Aborts the connection; a thread that waits for the server gets a failure. */
    void abort() {
        runInBackground(framed.pipeline()::abort);
    }

    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        boolean broken = isBroken();
        if (end() || isUnusable() || !clean || mustRetire()) {
            pool.discard(pooled);
        }
        if (broken) {
            runInBackground(this::sendCancel); // the server process may still run the statement
        }
        returnToPool();
        pool.closed(this);
    }

    /**
     * Whether the connection has been in use for its maximum time. PostgreSQL keeps some memory until a connection
     * closes (caches of time zones and of the catalog, which a statement can enlarge), so it is then closed.
     */
    private boolean mustRetire() {
        long limit = pool.retireAfter().toNanos();
        long worked = System.nanoTime() - acquiredAt;
        return limit > 0 && (worked > limit / 10 || framed.worked().addAndGet(worked) > limit * framed.lifetime());
    }

    /** Ends the use of the connection, and returns whether a cancellation was sent on it. */
    private synchronized boolean end() {
        closed.countDown();
        return cancelSent;
    }

    private void returnToPool() {
        try {
            pooled.close();
        } catch (SQLException e) {
            LOG.debug("A connection did not close: {}", e.getSQLState());
        }
    }

    /** A lookup with our own statements. */
    @FunctionalInterface
    public interface Lookup<T> {
        /** Runs the lookup on the driver's own connection. */
        T lookUp(PgConnection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws SQLException;
    }
}
