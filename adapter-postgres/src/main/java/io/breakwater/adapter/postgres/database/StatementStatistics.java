package io.breakwater.adapter.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once whether pg_stat_statements keeps the queries of callers apart by their literals. PostgreSQL 15 does so for
 * utility statements, of which {@code DECLARE … CURSOR} is one; later versions put placeholders there. Thread-safe.
 *
 * @param place host and port of the server and the name of the database
 * @param asked whether it was asked
 */
record StatementStatistics(String place, AtomicBoolean asked) {
    private static final Logger LOG = LoggerFactory.getLogger(StatementStatistics.class);

    /** A setting of an extension that is not loaded has the type string. */
    private static final String QUESTION = """
            SELECT pg_catalog.quote_ident(current_user)
              FROM pg_catalog.pg_settings u, pg_catalog.pg_settings t
             WHERE u.name = 'pg_stat_statements.track_utility' AND u.vartype = 'bool' AND u.setting = 'on'
               AND t.name = 'pg_stat_statements.track' AND t.setting <> 'none'
               AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 160000
            """;

    StatementStatistics(String place) {
        this(place, new AtomicBoolean());
    }

    /** A connection was made. */
    void checkServer(Connection connection) throws SQLException {
        if (asked.get()) {
            return;
        }
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(QUESTION)) {
            if (row.next() && asked.compareAndSet(false, true)) {
                warn(row.getString(1));
            }
        }
        asked.set(true);
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
