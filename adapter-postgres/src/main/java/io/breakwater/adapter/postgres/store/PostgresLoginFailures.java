package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.LoginFailures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The table {@code login_failures}. Each statement that adds a row also deletes a few rows that are older than a day, so
 * that all old rows are deleted eventually; see {@link PostgresQuotas}.
 */
final class PostgresLoginFailures implements LoginFailures {
    /** The maximum number of old rows that one statement deletes. */
    static final int MAX_CLEANUP = 20;

    private final StoreStatements sql;
    private final String find;
    private final String insert;
    private final String update;
    private final String delete;

    PostgresLoginFailures(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".login_failures";
        var old = "SELECT ctid FROM " + table + " WHERE last_failure < now() - interval '1 day'"
                + " ORDER BY last_failure LIMIT " + MAX_CLEANUP + " FOR UPDATE SKIP LOCKED";
        find = "SELECT failures, last_failure FROM " + table + " WHERE key = ?";
        insert = "WITH deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old + ")) AND key <> ?)"
                + " INSERT INTO " + table + " (key, failures, last_failure) VALUES (?, ?, ?)"
                + " ON CONFLICT (key) DO NOTHING RETURNING 1";
        update = "UPDATE " + table + " SET failures = ?, last_failure = ?"
                + " WHERE key = ? AND failures = ? AND last_failure = ? RETURNING 1";
        delete = "DELETE FROM " + table + " WHERE key = ? AND failures = ? AND last_failure = ? RETURNING 1";
    }

    @Override
    public Counter find(String key, CallContext context) {
        return sql.run(find, context, PostgresLoginFailures::counter, key);
    }

    @Override
    public boolean replace(String key, Counter expected, Counter replacement, CallContext context) {
        if (expected.equals(replacement)) {
            return find(key, context).equals(expected);
        }
        if (expected.equals(Counter.NONE)) {
            return change(insert, context, key, key, replacement.failures(), time(replacement.last()));
        }
        return replacement.equals(Counter.NONE)
                ? change(delete, context, key, expected.failures(), time(expected.last()))
                : change(
                        update,
                        context,
                        replacement.failures(),
                        time(replacement.last()),
                        key,
                        expected.failures(),
                        time(expected.last()));
    }

    private boolean change(String statement, CallContext context, Object... values) {
        return sql.run(statement, context, ResultSet::next, values);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Counter counter(ResultSet rows) throws SQLException {
        return rows.next()
                ? new Counter(
                        rows.getInt(1), rows.getObject(2, OffsetDateTime.class).toInstant())
                : Counter.NONE;
    }
}
