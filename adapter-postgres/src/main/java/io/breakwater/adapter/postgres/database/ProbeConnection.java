package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection beside the pool, for questions about the server itself: a server whose pooled connections are all at
 * work is busy, not lost. It opens when it is first needed, and anew after a failure. Not thread-safe.
 */
final class ProbeConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeConnection.class);

    /** A server that needs longer than these seconds to answer such a question does not answer calls either. */
    private static final String PATIENCE = "2";

    private static final Map<PGProperty, String> BRIEF = Map.of(
            PGProperty.APPLICATION_NAME,
            "breakwater-watch",
            PGProperty.CONNECT_TIMEOUT,
            PATIENCE,
            PGProperty.SOCKET_TIMEOUT,
            PATIENCE,
            PGProperty.SSL_RESPONSE_TIMEOUT,
            PATIENCE + "000");

    private final ConnectionString server;
    private @Nullable Connection connection;

    ProbeConnection(ConnectionString server) {
        this.server = server;
    }

    /** Asks the server; after a failure the connection is closed. */
    <T> T ask(Question<T> question) throws SQLException {
        if (connection == null) {
            connection = server.connect(BRIEF);
        }
        try {
            return question.ask(connection);
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        var closing = connection;
        connection = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (SQLException e) {
            LOG.debug("A connection did not close: {}", e.getSQLState());
        }
    }

    /** What the server is asked. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }
}
