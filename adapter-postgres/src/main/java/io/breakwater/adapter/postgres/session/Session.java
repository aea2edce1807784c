package io.breakwater.adapter.postgres.session;

import io.breakwater.port.CallScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that one call has for itself. It goes back to the pool only when it is {@linkplain #clean() known to be
 * clean}; in all other cases it is closed.
 *
 * <p>A statement is stopped from outside, by a message on a second connection that names the server's process and not the
 * statement. So that it can never hit the next caller's, a session that was ever told to stop is closed as well.
 */
public final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Connection pooled;
    private final PgConnection connection;
    private final Pool pool;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final long since = System.nanoTime();
    private volatile String user = "Breakwater itself";
    private volatile boolean told;
    private boolean clean = true;
    private boolean stopped; // guarded by this

    Session(Connection pooled, Pool pool) throws SQLException {
        this.pooled = pooled;
        this.connection = pooled.unwrap(PgConnection.class);
        this.pool = pool;
    }

    /** The driver's own connection, in auto-commit mode: it sends what it is given and nothing of its own. */
    public PgConnection connection() {
        return connection;
    }

    /** How long to wait from now on for a server that says nothing, before the connection is given up. */
    public void waitFor(Duration time) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(Math.max(1, time.toMillis())));
    }

    /** Stops what runs in this session when the call is cancelled. */
    void obey(CallScope scope) {
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
        return connection.getQueryExecutor().isClosed();
    }

    /** Says that nothing is left of what was done in it. Only true outside a transaction. */
    public void clean() {
        clean = connection.getTransactionState() == TransactionState.IDLE && connection.getStandardConformingStrings();
    }

    /** Undoes whatever was done in it, and sets again what is pinned. */
    public void discardAll() throws SQLException {
        use();
        try (var statement = connection.createStatement()) {
            if (connection.getTransactionState() != TransactionState.IDLE) {
                statement.execute("ROLLBACK");
            }
            statement.execute("DISCARD ALL; " + pool.pinned().script());
        }
        clean();
    }

    /** Says that something is being done in it. */
    public void use() {
        clean = false;
    }

    private synchronized void stop() {
        if (!stopped && closed.getCount() > 0) {
            stopped = true;
            apart(this::stopUntilClosed);
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
            connection.getQueryExecutor().sendQueryCancel();
        } catch (SQLException e) {
            LOG.debug("A statement could not be stopped; it ends by its own timeout: {}", e.getSQLState());
        }
    }

    private static void apart(Runnable work) {
        Thread.ofVirtual().name("breakwater-stop").start(work);
    }

    /** Whoever waits for the server here gets a failure instead. */
    void breakOff() {
        apart(connection.getQueryExecutor()::abort);
    }

    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        boolean broken = isBroken();
        if (end() || broken || !clean) {
            pool.discard(pooled);
        }
        if (broken) {
            apart(this::tellServer); // which may still be at work
        }
        giveBack();
        pool.closed(this);
    }

    /** Returns whether it was ever told to stop. */
    private synchronized boolean end() {
        closed.countDown();
        return stopped;
    }

    private void giveBack() {
        try {
            pooled.close();
        } catch (SQLException e) {
            LOG.debug("A connection did not close: {}", e.getSQLState());
        }
    }
}
