package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.ConnectionString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one server how far it is, over a connection of its own: a server whose other connections are all at work is busy,
 * not lost. Not thread-safe.
 */
final class Lookout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    /** A server that needs longer than these seconds to say how far it is does not answer calls either. */
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

    private final ConnectionString server;
    private final String question;
    private @Nullable Connection connection;

    private Lookout(ConnectionString server, String question) {
        this.server = server;
        this.question = question;
    }

    /** Asks a primary how far its log is written. */
    static Lookout atPrimary(ConnectionString server) {
        return new Lookout(server, WRITTEN);
    }

    /** Asks a copy how much of the log it has replayed. */
    static Lookout atCopy(ConnectionString server) {
        return new Lookout(server, REPLAYED);
    }

    /** Where it is; empty for a copy that follows nobody. */
    Optional<Place> look() throws SQLException {
        if (connection == null) {
            connection = server.connect(BRIEF);
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question)) {
            return rows.next()
                    ? Optional.of(new Place(LogSequenceNumber.valueOf(rows.getString(1)), rows.getString(2)))
                    : Optional.empty();
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

    /**
     * A place in the log of a cluster.
     *
     * @param number how far
     * @param history of which cluster, and of which timeline in its life
     */
    record Place(LogSequenceNumber number, String history) {}
}
