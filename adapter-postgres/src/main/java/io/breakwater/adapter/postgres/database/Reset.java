package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.session.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes back what a call did to its session, and proves it. A session of which that is not known is closed. */
final class Reset {
    private static final Logger LOG = LoggerFactory.getLogger(Reset.class);

    private static final Duration LEAST = Duration.ofMillis(250);

    /**
     * All that a query can leave behind: the rest is undone with its transaction (settings, snapshots, cursors, large
     * objects), or cannot be done in one that only reads.
     */
    private static final Message AFTER_READ = Message.of(
            "ROLLBACK", "SELECT pg_catalog.pg_advisory_unlock_all(), current_user OPERATOR(pg_catalog.=) session_user");

    private Reset() {}

    static void afterRead(Session session, Time time) {
        if (session.isBroken()) {
            return;
        }
        try {
            var remaining = time.scope().remaining();
            session.waitFor(remaining.compareTo(LEAST) < 0 ? LEAST : remaining);
            if (AFTER_READ.send(session, prepared -> {}, Reset::isSameRole)) {
                session.clean();
            }
        } catch (SQLException e) {
            LOG.debug("A session is closed, since it could not be reset: {}", e.getSQLState());
        }
    }

    private static boolean isSameRole(PreparedStatement prepared) throws SQLException {
        try (var row = prepared.getResultSet()) {
            return row.next() && row.getBoolean(2);
        }
    }
}
