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
 * One connection outside the pool, for queries about the server itself: a server whose pooled connections are all in
 * use is busy, not lost. It opens when it is first needed, and again after a failure. Not thread-safe.
 */
final class ProbeConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeConnection.class);

    /** A server that does not answer such a query within this time, in seconds, does not answer calls either. */
    private static final String TIMEOUT_SECONDS = "2";

    private static final Map<PGProperty, String> PROPERTIES = Map.of(
            PGProperty.APPLICATION_NAME,
            "breakwater-watch",
            PGProperty.CONNECT_TIMEOUT,
            TIMEOUT_SECONDS,
            PGProperty.SOCKET_TIMEOUT,
            TIMEOUT_SECONDS,
            PGProperty.SSL_RESPONSE_TIMEOUT,
            TIMEOUT_SECONDS + "000");

    private final ConnectionString server;
    private @Nullable Connection connection;

    ProbeConnection(ConnectionString server) {
        this.server = server;
    }

    /** Runs a query; closes the connection after a failure. */
    <T> T query(ProbeQuery<T> query) throws SQLException {
        if (connection == null) {
            connection = server.connect(PROPERTIES);
        }
        try {
            return query.query(connection);
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

    /** A query about the server. */
    @FunctionalInterface
    interface ProbeQuery<T> {
        T query(Connection connection) throws SQLException;
    }
}
