package io.breakwater.adapter.postgres;

import io.breakwater.port.CallScope;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One piece of work with a connection, on a thread of its own. Abandoned while it waits for a connection, it gives it
 * back as soon as it has it; abandoned later, the server is asked to stop the statement, and that request is over before
 * the connection goes back, so it never hits the next one's.
 */
final class PooledCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(PooledCall.class);

    /** How much longer than the call we wait for a server that has stopped answering, before the socket is closed. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final DataSource source;
    private final CallScope scope;
    private final ConnectionPool.Work<T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private Phase phase = Phase.WAITING; // guarded by this
    private volatile @Nullable PGConnection running;
    private @Nullable Thread canceller; // guarded by this

    PooledCall(DataSource source, CallScope scope, ConnectionPool.Work<T> work) {
        this.source = source;
        this.scope = scope;
        this.work = work;
    }

    T await() {
        var time = scope.remaining();
        if (scope.cancelled() || !time.isPositive()) {
            throw SqlFailures.timedOut(null);
        }
        var unused = Thread.ofVirtual().name("breakwater-sql").start(this::run);
        scope.onCancel(this::abandon);
        try {
            return outcome.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw SqlFailures.of(e.getCause());
        } catch (TimeoutException e) {
            abandon();
            throw SqlFailures.timedOut(e);
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
            throw SqlFailures.timedOut(e);
        }
    }

    private void run() {
        try (var connection = source.getConnection()) {
            outcome.complete(with(connection));
        } catch (Throwable e) { // whatever it is, the caller must learn of it
            outcome.completeExceptionally(e);
        }
    }

    private T with(Connection connection) throws SQLException {
        var time = begin(connection.unwrap(PGConnection.class));
        try {
            connection.setNetworkTimeout(Runnable::run, (int)
                    Math.min(Integer.MAX_VALUE, time.plus(GRACE).toMillis()));
            return work.run(connection, time);
        } finally {
            end();
        }
    }

    /** What is left of the call's time. */
    private synchronized Duration begin(PGConnection connection) {
        var time = scope.remaining();
        if (phase == Phase.ABANDONED || !time.isPositive()) {
            throw SqlFailures.timedOut(null);
        }
        phase = Phase.RUNNING;
        running = connection;
        return time;
    }

    /** Nobody waits any more. */
    private synchronized void abandon() {
        outcome.completeExceptionally(SqlFailures.timedOut(null));
        if (phase == Phase.RUNNING) {
            canceller = Thread.startVirtualThread(this::cancel);
        }
        if (phase != Phase.DONE) {
            phase = Phase.ABANDONED;
        }
    }

    private void cancel() {
        try {
            Objects.requireNonNull(running).cancelQuery();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A statement could not be stopped; it ends by its own timeout");
        }
    }

    private void end() {
        Thread stopping;
        synchronized (this) {
            phase = Phase.DONE;
            stopping = canceller;
        }
        if (stopping != null) {
            joined(stopping);
        }
    }

    /** Nobody interrupts the thread this is on, so it waits to the end. */
    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private enum Phase {
        WAITING,
        RUNNING,
        ABANDONED,
        DONE
    }
}
