package io.breakwater.adapter.postgres.connection;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All who wait for a session of one pool. Closed, it ends their waits, and nobody begins to wait. Thread-safe. */
final class PendingAcquisitions implements AutoCloseable {
    private static final String NO_CONNECTION_ANY_MORE = "08003";

    private final Set<InterruptibleWait> all = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Waits on the present thread, until the wait is over or ended. */
    GuardedConnection during(InterruptibleWait waiting, Wait wait) throws SQLException {
        all.add(waiting); // before it is looked whether this is closed: whoever closes it misses nobody then
        try {
            requireOpen();
            return stillOpen(wait.await());
        } catch (SQLException e) {
            requireOpen();
            throw waiting.reasonOr(e);
        } finally {
            all.remove(waiting);
            waiting.over();
        }
    }

    /** One that came while the pool closed is for nobody any more. */
    private GuardedConnection stillOpen(GuardedConnection session) throws SQLException {
        if (closed) {
            session.use(); // or it would go back to a pool that is no more
            session.close();
        }
        requireOpen();
        return session;
    }

    private void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLNonTransientConnectionException("the pool is closed", NO_CONNECTION_ANY_MORE);
        }
    }

    /** Ends all waits with that reason; later ones are not affected. */
    void end(Supplier<SQLException> reason) {
        all.forEach(waiting -> waiting.end(reason.get()));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(InterruptibleWait::end);
    }

    /** How a session is waited for. */
    @FunctionalInterface
    interface Wait {
        GuardedConnection await() throws SQLException;
    }
}
