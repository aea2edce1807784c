package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a server which of its backends work, over a connection of its own. Not thread-safe. */
final class BackendQuery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackendQuery.class);

    private static final String SECONDS = "2";
    private static final Map<PGProperty, String> BRIEF = Map.of(
            PGProperty.APPLICATION_NAME,
            "breakwater-watch",
            PGProperty.CONNECT_TIMEOUT,
            SECONDS,
            PGProperty.SOCKET_TIMEOUT,
            SECONDS,
            PGProperty.SSL_RESPONSE_TIMEOUT,
            SECONDS + "000");

    /** With {@code track_activities} off a backend has the state {@code disabled}. */
    private static final String QUERY = """
            SELECT pid, backend_start::pg_catalog.text FROM pg_catalog.pg_stat_activity
             WHERE pid = ANY (?) AND usename = CURRENT_USER AND coalesce(state, '') NOT LIKE 'idle%'
            """;

    private final ConnectionString server;
    private @Nullable Connection connection;

    BackendQuery(ConnectionString server) {
        this.server = server;
    }

    /** Those of the processes that are backends of our role and at work, and when each was started. */
    Map<Integer, String> working(Collection<Integer> pids) throws SQLException {
        if (connection == null) {
            connection = server.connect(BRIEF);
        }
        try (var statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("int4", pids.toArray()));
            var working = new HashMap<Integer, String>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    working.put(row.getInt(1), row.getString(2));
                }
            }
            return working;
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
}
