package io.breakwater.adapter.postgres.connection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The waits for connections of one pool. When it closes, it ends these waits and refuses new ones. Thread-safe. */
final class PendingAcquisitions implements AutoCloseable {
    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    private final Set<InterruptibleWait> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Waits on the current thread until the wait succeeds, fails or is interrupted. */
    GuardedConnection during(InterruptibleWait waiting, Wait wait) throws SQLException {
        all.add(waiting); // before the check, so that close() interrupts every wait that passes the check
        try {
            requireOpen();
            return closeIfLate(wait.await());
        } catch (SQLException e) {
            requireOpen();
            throw waiting.reasonOr(e);
        } finally {
            all.remove(waiting);
            waiting.finish();
        }
    }

    /** Closes a connection that was acquired while the pool closed. */
    private GuardedConnection closeIfLate(GuardedConnection connection) throws SQLException {
        if (closed) {
            connection.markUsed(); // otherwise it would return to a closed pool
            connection.close();
        }
        requireOpen();
        return connection;
    }

    private void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLNonTransientConnectionException("the pool is closed", CONNECTION_DOES_NOT_EXIST);
        }
    }

    /** Interrupts all current waits with a reason; later ones are not affected. */
    void interruptAll(Supplier<SQLException> reason) {
        all.forEach(waiting -> waiting.interrupt(reason.get()));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(InterruptibleWait::interrupt);
    }

    /** A wait for a connection. */
    @FunctionalInterface
    interface Wait {
        GuardedConnection await() throws SQLException;
    }
}
