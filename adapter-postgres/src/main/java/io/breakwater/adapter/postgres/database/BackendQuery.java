package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Queries the state of some backends of a server, over its own connection. Not thread-safe. */
final class BackendQuery implements AutoCloseable {
    /** When {@code track_activities} is off, a backend has the state {@code disabled}. */
    private static final String QUERY = """
            SELECT pid, backend_start::pg_catalog.text, coalesce(state, '') LIKE 'idle%' FROM pg_catalog.pg_stat_activity
             WHERE pid = ANY (?) AND usename = CURRENT_USER
            """;

    private final ProbeConnection server;

    BackendQuery(ConnectionString server) {
        this.server = new ProbeConnection(server);
    }

    /** Returns the backends of our role among the processes with these IDs. */
    Map<Integer, Backend> backends(Collection<Integer> pids) throws SQLException {
        return server.query(connection -> backends(connection, pids));
    }

    private static Map<Integer, Backend> backends(Connection connection, Collection<Integer> pids) throws SQLException {
        try (var statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("int4", pids.toArray()));
            var backends = new HashMap<Integer, Backend>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    backends.put(row.getInt(1), new Backend(row.getString(2), row.getBoolean(3)));
                }
            }
            return backends;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * The state of a backend.
     *
     * @param started the start time of the backend, as the server's text
     * @param idle whether it waits for its client
     */
    record Backend(String started, boolean idle) {}
}
