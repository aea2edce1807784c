package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.RevocationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code revocations}. A revocation locks the row of {@code revocation_version} until it is committed, so
 * revocations are committed in the order of their versions, and a reader misses none. Each revocation also deletes a few
 * rows that expired an hour ago; see {@link PostgresQuotas}.
 */
final class PostgresRevocations implements RevocationStore {
    /** The maximum number of old rows that one statement deletes. */
    static final int MAX_CLEANUP = 20;

    private final StoreStatements sql;
    private final String revoke;
    private final String changes;

    PostgresRevocations(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".revocations";
        var old = "SELECT ctid FROM " + table + " WHERE expires_at < now() - interval '1 hour'"
                + " ORDER BY expires_at LIMIT " + MAX_CLEANUP + " FOR UPDATE SKIP LOCKED";
        revoke = "WITH next AS (UPDATE " + schema + ".revocation_version SET version = version + 1 RETURNING version),"
                + " deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old + "))"
                + " AND (issuer, token_id) <> (?, ?))"
                + " INSERT INTO " + table + " AS present (issuer, token_id, expires_at, version)"
                + " SELECT ?, ?, ?::timestamptz, version FROM next"
                + " ON CONFLICT (issuer, token_id) DO UPDATE SET version = excluded.version,"
                + " expires_at = greatest(present.expires_at, excluded.expires_at) RETURNING version";
        changes = "SELECT issuer, token_id, expires_at, version FROM " + table
                + " WHERE version > ? ORDER BY version LIMIT ?";
    }

    @Override
    public void revoke(TokenName token, Instant expires, CallContext context) {
        var time = expires.atOffset(ZoneOffset.UTC);
        var unused =
                sql.run(revoke, context, ResultSet::next, token.issuer(), token.id(), token.issuer(), token.id(), time);
    }

    @Override
    public List<Revocation> changesSince(long version, int limit, CallContext context) {
        return sql.run(changes, context, PostgresRevocations::all, version, limit);
    }

    private static List<Revocation> all(ResultSet rows) throws SQLException {
        var revocations = new ArrayList<Revocation>();
        while (rows.next()) {
            revocations.add(new Revocation(
                    new TokenName(rows.getString(1), rows.getString(2)),
                    rows.getObject(3, OffsetDateTime.class).toInstant(),
                    rows.getLong(4)));
        }
        return revocations;
    }
}
