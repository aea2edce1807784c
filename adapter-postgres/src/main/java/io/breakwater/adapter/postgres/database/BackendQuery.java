package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Asks a server which of its backends work, over a connection of its own. Not thread-safe. */
final class BackendQuery implements AutoCloseable {
    /** With {@code track_activities} off a backend has the state {@code disabled}. */
    private static final String QUERY = """
            SELECT pid, backend_start::pg_catalog.text FROM pg_catalog.pg_stat_activity
             WHERE pid = ANY (?) AND usename = CURRENT_USER AND coalesce(state, '') NOT LIKE 'idle%'
            """;

    private final ProbeConnection server;

    BackendQuery(ConnectionString server) {
        this.server = new ProbeConnection(server);
    }

    /** Those of the processes that are backends of our role and at work, and when each was started. */
    Map<Integer, String> working(Collection<Integer> pids) throws SQLException {
        return server.ask(connection -> working(connection, pids));
    }

    private static Map<Integer, String> working(Connection connection, Collection<Integer> pids) throws SQLException {
        try (var statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("int4", pids.toArray()));
            var working = new HashMap<Integer, String>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    working.put(row.getInt(1), row.getString(2));
                }
            }
            return working;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
