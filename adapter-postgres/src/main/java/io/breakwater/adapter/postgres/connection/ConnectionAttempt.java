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
 * One attempt to open a connection, on a thread of its own: who waits for a silent server cannot be called off, and a
 * pool that is closed would have to wait for it.
 */
final class ConnectionAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionAttempt.class);

    private final DataSource source;
    private final CompletableFuture<Connection> made = new CompletableFuture<>();

    private ConnectionAttempt(DataSource source) {
        this.source = source;
    }

    /** Begins to open a connection. */
    static ConnectionAttempt at(DataSource source) {
        var attempt = new ConnectionAttempt(source);
        Thread.ofPlatform().daemon().name("breakwater-connect").start(attempt::run);
        return attempt;
    }

    /** Waits no longer for the connection; one that comes later is closed. */
    void abandon() {
        made.completeExceptionally(new SQLNonTransientConnectionException("the attempt was abandoned"));
    }

    private void run() {
        try {
            var connection = source.getConnection();
            if (!made.complete(connection)) {
                discard(connection);
            }
        } catch (SQLException | RuntimeException | LinkageError e) {
            made.completeExceptionally(e);
        } finally {
            made.cancel(false); // after any other error; else it changes nothing
        }
    }

    /**
     * Waits for the connection.
     *
     * @throws SQLException when it cannot be opened, or the attempt was abandoned
     */
    Connection result() throws SQLException {
        try {
            return made.get();
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
            LOG.debug("A connection that came too late could not be closed", e);
        }
    }
}
