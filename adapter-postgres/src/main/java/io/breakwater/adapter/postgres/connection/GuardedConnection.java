package io.breakwater.adapter.postgres.connection;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
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
 * A connection that one call has for itself. It goes back to the pool only when it is {@linkplain #prove proven to be
 * clean}; in all other cases it is closed.
 *
 * <p>A statement is stopped from outside, by a message on a second connection that names the server's process and not
 * the statement. So that it can never hit the next caller's, a session that was ever told to stop is closed as well.
 */
public final class GuardedConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnection.class);

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Connection pooled;
    private final PgConnection connection;
    private final ConnectionPool pool;
    private final StatementFrame.Framed framed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long since = System.nanoTime();
    private volatile String user = "Breakwater itself";
    private volatile boolean told;
    private boolean clean = true;
    private boolean surprised;
    private boolean stopped; // guarded by this

    GuardedConnection(Connection pooled, ConnectionPool pool) throws SQLException {
        this.pooled = pooled;
        this.connection = pooled.unwrap(PgConnection.class);
        this.pool = pool;
        this.framed = pool.frame().of(connection);
    }

    /**
     * The driver's own connection, in auto-commit mode, for statements of ours alone: the driver reads and rewrites
     * what it is given.
     */
    public PgConnection connection() {
        return connection;
    }

    /**
     * Sends statements verbatim in one round trip and returns their results, in order. If one fails, the rest is not
     * run.
     *
     * @param maxRows how many rows each may return at the most; 0 for all
     */
    public List<StatementResult> send(List<BoundStatement> statements, int maxRows) throws SQLException {
        use();
        return attempt(() -> framed.pipeline().send(statements, maxRows));
    }

    /** The same, of all rows. */
    public List<StatementResult> send(BoundStatement... statements) throws SQLException {
        return send(List.of(statements), 0);
    }

    /** The OIDs of the types that the server infers for the parameters of a statement, which is not run. */
    public int[] parameterTypes(BoundStatement statement) throws SQLException {
        return attempt(() -> framed.pipeline().parameterTypes(statement));
    }

    /** Has the driver's connection looked something up with. Statements of ours alone. */
    public <T> T lookUp(Lookup<T> lookup) throws SQLException {
        return attempt(() -> lookup.lookUp(connection));
    }

    /** After anything but a refusal, the server's or ours, the state of the connection is not known: it is closed. */
    private <T> T attempt(Attempt<T> attempt) throws SQLException {
        boolean foreseen = false;
        try {
            var result = attempt.run();
            foreseen = true;
            return result;
        } catch (SQLException e) {
            foreseen = isRefusal(e);
            throw e;
        } catch (PortException e) {
            foreseen = true;
            throw e;
        } finally {
            surprised |= !foreseen;
        }
    }

    /** Where the refusal ends the connection as well, the next message finds that out. */
    private static boolean isRefusal(SQLException thrown) {
        return thrown instanceof PSQLException server && server.getServerErrorMessage() != null;
    }

    /** The process that serves it. */
    public int backend() {
        return connection.getBackendPID();
    }

    /** How long to wait from now on for a server that says nothing, before the connection is given up. */
    public void waitFor(Duration time) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, time.toMillis())));
    }

    /** Stops what runs in this session when the call is cancelled. */
    void bindTo(CallContext scope) {
        user = "call " + scope.requestId();
        scope.onCancel(this::stop);
    }

    /** Whose it is, for operators. */
    String user() {
        return user;
    }

    /** True once, when it was not given back for that long. */
    boolean isLeaked(Duration time) {
        boolean leaked = !told && System.nanoTime() - since > time.toNanos();
        told |= leaked;
        return leaked;
    }

    /** True when nothing can be sent any more. */
    public boolean isBroken() {
        return framed.pipeline().isClosed();
    }

    /** True when nothing must be sent any more, because it is not known how the server would take it. */
    public boolean isUnusable() {
        return surprised || isBroken();
    }

    /** The query whose answer {@link #prove} wants. */
    public BoundStatement fingerprint() {
        return pool.frame().fingerprint();
    }

    /**
     * Takes the session for clean if it is as it was when the connection opened.
     *
     * @param answer that of {@link #fingerprint()}, sent after everything else was undone
     * @return false when the answer is missing, because rows before it were too large
     */
    public boolean prove(StatementResult answer) {
        var now = SessionStateDigest.of(answer);
        now.ifPresent(this::compare);
        return now.isPresent();
    }

    private void compare(SessionStateDigest now) {
        var start = framed.start();
        var difference = start == null ? Optional.of("initial state") : start.difference(now);
        difference.ifPresent(part -> {
            surprised = true;
            LOG.warn("Closing a connection: {} changed the session's {}.", user, part);
        });
        clean = difference.isEmpty() && framed.pipeline().isIdle() && connection.getStandardConformingStrings();
    }

    /** Undoes everything that was done in it, and pins the settings again. */
    public void discardAll() throws SQLException {
        if (!framed.pipeline().isIdle()) {
            send(BoundStatement.of("ROLLBACK"));
        }
        var statements = new ArrayList<BoundStatement>();
        statements.add(BoundStatement.of("DISCARD ALL"));
        statements.addAll(pool.pinned().statements());
        statements.add(fingerprint());
        prove(send(statements, 0).getLast());
    }

    /** Says that something is being done in it. */
    public void use() {
        clean = false;
    }

    private synchronized void stop() {
        if (!stopped && closed.getCount() > 0) {
            stopped = true;
            runOutsideTransaction(this::stopUntilClosed);
        }
    }

    /** Again and again, because a statement that is still on its way is missed by the first. */
    private void stopUntilClosed() {
        try {
            do {
                tellServer();
            } while (!closed.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which takes a connection of its own. */
    private void tellServer() {
        try {
            framed.pipeline().cancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be stopped; it ends by its own timeout: {}", e.getSQLState());
        }
    }

    private static void runOutsideTransaction(Runnable work) {
        Thread.ofVirtual().name("breakwater-stop").start(work);
    }

    /** Whoever waits for the server here gets a failure instead. */
    void abort() {
        runOutsideTransaction(framed.pipeline()::abort);
    }

    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        boolean broken = isBroken();
        if (end() || isUnusable() || !clean || isWornOut()) {
            pool.discard(pooled);
        }
        if (broken) {
            runOutsideTransaction(this::tellServer); // which may still be at work
        }
        returnToPool();
        pool.closed(this);
    }

    /**
     * PostgreSQL keeps some memory for as long as a connection lives (caches of time zones and of the catalogue, which
     * a statement can make grow), so a connection that has worked for long is not used again.
     */
    private boolean isWornOut() {
        long most = pool.retireAfter().toNanos();
        long worked = System.nanoTime() - since;
        return most > 0 && (worked > most / 10 || framed.worked().addAndGet(worked) > most * framed.lifetime());
    }

    /** Returns whether it was ever told to stop. */
    private synchronized boolean end() {
        closed.countDown();
        return stopped;
    }

    private void returnToPool() {
        try {
            pooled.close();
        } catch (SQLException e) {
            LOG.debug("A connection did not close: {}", e.getSQLState());
        }
    }

    /** Looks something up. */
    @FunctionalInterface
    public interface Lookup<T> {
        /** With the driver's own connection. */
        T lookUp(PgConnection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Attempt<T> {
        T run() throws SQLException;
    }
}
