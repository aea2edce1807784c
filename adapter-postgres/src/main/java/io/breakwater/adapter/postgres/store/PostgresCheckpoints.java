package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.CheckpointStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table {@code audit_checkpoints}. Each statement that adds a row also deletes a few rows that are older than 30 days,
 * but not the largest one of a log, which fixes the whole log; see {@link PostgresQuotas}.
 */
final class PostgresCheckpoints implements CheckpointStore {
    /** The maximum number of old rows that one statement deletes. */
    static final int MAX_CLEANUP = 20;

    private final StoreStatements sql;
    private final String add;
    private final String find;

    PostgresCheckpoints(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".audit_checkpoints";
        var old = "SELECT one.ctid FROM " + table + " one WHERE one.stored_at < now() - interval '30 days'"
                + " AND EXISTS (SELECT FROM " + table + " larger WHERE larger.log = one.log AND larger.size > one.size)"
                + " ORDER BY one.stored_at LIMIT " + MAX_CLEANUP + " FOR UPDATE OF one SKIP LOCKED";
        add = "WITH largest AS (SELECT size, note FROM " + table + " WHERE log = ? AND size >= ?"
                + " ORDER BY size DESC LIMIT 1),"
                + " deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old + "))),"
                + " added AS (INSERT INTO " + table + " (log, size, note)"
                + " SELECT ?, ?, ? WHERE NOT EXISTS (SELECT FROM largest) ON CONFLICT DO NOTHING RETURNING size, note)"
                + " SELECT size, note FROM largest UNION ALL SELECT size, note FROM added";
        find = "SELECT size, note FROM " + table + " WHERE log = ? ORDER BY size";
    }

    @Override
    public Optional<LogCheckpoint> add(LogCheckpoint checkpoint, CallContext context) {
        while (true) { // again only if another server stored one of this size in between
            var present = largest(checkpoint, context);
            if (!present.isEmpty()) {
                return present.getFirst().equals(checkpoint) ? Optional.empty() : Optional.of(present.getFirst());
            }
        }
    }

    /** Returns the stored checkpoint that is at least as large, or this one after it was stored. */
    private List<LogCheckpoint> largest(LogCheckpoint checkpoint, CallContext context) {
        var log = checkpoint.log();
        long size = checkpoint.size();
        return sql.run(add, context, rows -> all(log, rows), log, size, log, size, checkpoint.note());
    }

    @Override
    public List<LogCheckpoint> find(String log, CallContext context) {
        return sql.run(find, context, rows -> all(log, rows), log);
    }

    private static List<LogCheckpoint> all(String log, ResultSet rows) throws SQLException {
        var checkpoints = new ArrayList<LogCheckpoint>();
        while (rows.next()) {
            checkpoints.add(new LogCheckpoint(log, rows.getLong(1), rows.getString(2)));
        }
        return checkpoints;
    }
}
