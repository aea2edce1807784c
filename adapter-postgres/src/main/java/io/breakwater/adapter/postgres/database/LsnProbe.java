package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Asks one server how far it is, over a connection of its own: a server whose other connections are all at work is
 * busy, not lost. Not thread-safe.
 */
final class LsnProbe implements AutoCloseable {
    private static final String WRITTEN = """
            SELECT pg_catalog.pg_current_wal_lsn(), pg_catalog.concat(s.system_identifier, '/', c.timeline_id)
              FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c
            """;

    /** Its last checkpoint may still be one of the time before a failover. */
    private static final String REPLAYED = """
            SELECT pg_catalog.pg_last_wal_replay_lsn(),
                   pg_catalog.concat(s.system_identifier, '/', greatest(c.timeline_id, r.min_recovery_end_timeline))
              FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c,
                   pg_catalog.pg_control_recovery() r
             WHERE pg_catalog.pg_is_in_recovery() AND pg_catalog.pg_last_wal_replay_lsn() IS NOT NULL
            """;

    private final ProbeConnection server;
    private final String question;

    private LsnProbe(ConnectionString server, String question) {
        this.server = new ProbeConnection(server);
        this.question = question;
    }

    /** Asks a primary how far its log is written. */
    static LsnProbe ofPrimary(ConnectionString server) {
        return new LsnProbe(server, WRITTEN);
    }

    /** Asks a copy how much of the log it has replayed. */
    static LsnProbe ofReplica(ConnectionString server) {
        return new LsnProbe(server, REPLAYED);
    }

    /** Where it is; empty for a copy that follows nobody. */
    Optional<Place> query() throws SQLException {
        return server.ask(this::query);
    }

    private Optional<Place> query(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next()
                    ? Optional.of(new Place(LogSequenceNumber.valueOf(rows.getString(1)), rows.getString(2)))
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * A place in the log of a cluster.
     *
     * @param number how far
     * @param history of which cluster, and of which timeline in its life
     */
    record Place(LogSequenceNumber number, String history) {}
}
