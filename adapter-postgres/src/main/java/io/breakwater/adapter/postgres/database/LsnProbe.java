package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Queries the log position of one server, over its own connection, because a server whose pooled connections are all in
 * use is busy, not lost. Not thread-safe.
 */
final class LsnProbe implements AutoCloseable {
    private static final String PRIMARY_QUERY = """
            SELECT pg_catalog.pg_current_wal_lsn(), pg_catalog.concat(s.system_identifier, '/', c.timeline_id)
              FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c
            """;

    /** Reads two timelines, because the replica's last checkpoint may be older than a failover. */
    private static final String REPLICA_QUERY = """
            SELECT pg_catalog.pg_last_wal_replay_lsn(),
                   pg_catalog.concat(s.system_identifier, '/', greatest(c.timeline_id, r.min_recovery_end_timeline))
              FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c,
                   pg_catalog.pg_control_recovery() r
             WHERE pg_catalog.pg_is_in_recovery() AND pg_catalog.pg_last_wal_replay_lsn() IS NOT NULL
            """;

    private final ProbeConnection server;
    private final String sql;

    private LsnProbe(ConnectionString server, String sql) {
        this.server = new ProbeConnection(server);
        this.sql = sql;
    }

    /** Creates a probe for the position up to which a primary has written its log. */
    static LsnProbe ofPrimary(ConnectionString server) {
        return new LsnProbe(server, PRIMARY_QUERY);
    }

    /** Creates a probe for the position up to which a replica has replayed the log. */
    static LsnProbe ofReplica(ConnectionString server) {
        return new LsnProbe(server, REPLICA_QUERY);
    }

    /** Returns the position; empty for a replica that follows no primary. */
    Optional<Position> query() throws SQLException {
        return server.query(this::query);
    }

    private Optional<Position> query(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next()
                    ? Optional.of(new Position(LogSequenceNumber.valueOf(rows.getString(1)), rows.getString(2)))
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * A position in the log of a cluster.
     *
     * @param lsn the log sequence number
     * @param timeline the identifier of the cluster and the number of its timeline, separated by a slash
     */
    record Position(LogSequenceNumber lsn, String timeline) {}
}
