package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Asks a server what some of its backends do, over a connection of its own. Not thread-safe. */
final class BackendQuery implements AutoCloseable {
    /** With {@code track_activities} off a backend has the state {@code disabled}. */
    private static final String QUERY = """
            SELECT pid, backend_start::pg_catalog.text, coalesce(state, '') LIKE 'idle%' FROM pg_catalog.pg_stat_activity
             WHERE pid = ANY (?) AND usename = CURRENT_USER
            """;

    private final ProbeConnection server;

    BackendQuery(ConnectionString server) {
        this.server = new ProbeConnection(server);
    }

    /** Those of the processes that are backends of our role. */
    Map<Integer, Backend> backends(Collection<Integer> pids) throws SQLException {
        return server.ask(connection -> backends(connection, pids));
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
     * What the server says of a backend.
     *
     * @param started when it was started
     * @param idle whether it waits for its client
     */
    record Backend(String started, boolean idle) {}
}
