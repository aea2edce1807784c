package io.breakwater.adapter.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks once whether pg_stat_statements distinguishes the queries of callers by their literals. PostgreSQL 15 does so
 * for utility statements, for example {@code DECLARE … CURSOR}; later versions replace literals by placeholders.
 * Thread-safe.
 *
 * @param place the host and port of the server and the name of the database
 * @param checked whether the server was checked
 */
record StatementStatistics(String place, AtomicBoolean checked) {
    private static final Logger LOG = LoggerFactory.getLogger(StatementStatistics.class);

    /** Tests the type of the setting, because a setting of an extension that is not loaded has the type string. */
    private static final String QUERY = """
            SELECT pg_catalog.quote_ident(current_user)
              FROM pg_catalog.pg_settings u, pg_catalog.pg_settings t
             WHERE u.name = 'pg_stat_statements.track_utility' AND u.vartype = 'bool' AND u.setting = 'on'
               AND t.name = 'pg_stat_statements.track' AND t.setting <> 'none'
               AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 160000
            """;

    StatementStatistics(String place) {
        this(place, new AtomicBoolean());
    }

    /** Checks the server on a new connection, unless it was checked before. */
    void checkServer(Connection connection) throws SQLException {
        if (checked.get()) {
            return;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(QUERY)) {
            if (row.next() && checked.compareAndSet(false, true)) {
                warn(row.getString(1));
            }
        }
        checked.set(true);
    }

    private void warn(String role) {
        LOG.warn(
                "{}: PostgreSQL 15's pg_stat_statements keeps one entry per query text, because Breakwater declares"
                        + " queries as cursors. Run as a superuser: ALTER ROLE {} SET"
                        + " pg_stat_statements.track_utility TO off;",
                place,
                role);
    }
}
