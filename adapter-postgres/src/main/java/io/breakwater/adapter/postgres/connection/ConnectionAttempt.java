package io.breakwater.adapter.postgres.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to open a connection, on its own thread. A thread that waits for an unresponsive server cannot be
 * interrupted, and without this thread a pool would have to wait for it when it closes.
 */
final class ConnectionAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionAttempt.class);

    private final DataSource source;
    private final CompletableFuture<Connection> connection = new CompletableFuture<>();

    private ConnectionAttempt(DataSource source) {
        this.source = source;
    }

    /** Starts to open a connection. */
    static ConnectionAttempt start(DataSource source) {
        var attempt = new ConnectionAttempt(source);
        Thread.ofPlatform().daemon().name("breakwater-connect").start(attempt::run);
        return attempt;
    }

    /** Stops waiting for the connection. A connection that opens later is closed. */
    void abandon() {
        connection.completeExceptionally(new SQLNonTransientConnectionException("the attempt was abandoned"));
    }

    private void run() {
        try {
            var opened = source.getConnection();
            if (!connection.complete(opened)) {
                discard(opened);
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            connection.completeExceptionally(e);
        } finally {
            connection.cancel(false); // takes effect only after any other error
        }
    }

    /**
     * Waits for the connection.
     *
     * @throws SQLException when it cannot be opened, or the attempt was abandoned
     */
    Connection result() throws SQLException {
        try {
            return connection.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
            throw new SQLException("interrupted", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static SQLException failure(@Nullable Throwable cause) {
        return cause instanceof SQLException sql ? sql : new SQLException(cause);
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("A connection that opened after its attempt was abandoned could not be closed", e);
        }
    }
}
