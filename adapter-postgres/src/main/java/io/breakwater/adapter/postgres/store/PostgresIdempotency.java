package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.driven.IdempotencyStore;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the table {@code idempotency}: claims, for calls whose effect is not in this store, and those that {@link
 * RecordedWrites} has recorded.
 */
final class PostgresIdempotency implements IdempotencyStore {
    /** Looks at a lock without taking it, so that a lookup never delays a write. */
    private static final String IS_LOCKED = """
            SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
             WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND datname = current_database()
               AND (classid::bigint << 32) | objid::bigint = ?
            """;

    private final StoreStatements sql;
    private final String claim;
    private final String lookup;
    private final String resume;
    private final String renew;
    private final String complete;
    private final String abandon;
    private final String release;

    PostgresIdempotency(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".idempotency";
        claim = IdempotencyTable.insert(
                schema,
                "key, tool, fingerprint, claim, claimed_until, finished, expires_at",
                "?, ?, ?, ?::uuid, now() + ?::interval, false, now() + ?::interval");
        lookup = "SELECT fingerprint, finished, result, extract(epoch FROM claimed_until - now()) * 1000 FROM " + table
                + " WHERE key = ? AND expires_at > now()";
        var own = " WHERE key = ? AND claim = ?::uuid AND NOT finished RETURNING 1";
        resume = "UPDATE " + table + " SET claim = ?::uuid, claimed_until = now() + ?::interval" + own;
        renew = "UPDATE " + table + " SET claimed_until = now() + ?::interval,"
                + " expires_at = greatest(expires_at, now() + ?::interval)" + own;
        complete = "UPDATE " + table + " SET finished = true, result = ?" + own;
        abandon = "UPDATE " + table + " SET claimed_until = now()" + own;
        release = "DELETE FROM " + table + own;
    }

    @Override
    public Claim claim(IdempotencyKey key, Duration lease, CallContext context) {
        var id = UUID.randomUUID().toString();
        while (true) { // again only if the key expired or was released in between
            if (insert(key, id, lease, context)) {
                return new Claim.Granted(id);
            }
            var earlier = recorded(key, context);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
    }

    @Override
    public Optional<Claim.Earlier> find(IdempotencyKey key, CallContext context) {
        var earlier = recorded(key, context);
        if (earlier.isEmpty() && sql.run(IS_LOCKED, context, ResultSet::next, IdempotencyTable.lockId(key))) {
            return Optional.of(new Claim.InProgress(IdempotencyTable.RETRY_AFTER));
        }
        return earlier;
    }

    private Optional<Claim.Earlier> recorded(IdempotencyKey key, CallContext context) {
        return sql.run(lookup, context, rows -> earlier(rows, key), IdempotencyTable.bytes(key.digest()));
    }

    private boolean insert(IdempotencyKey key, String id, Duration lease, CallContext context) {
        var digest = IdempotencyTable.bytes(key.digest());
        return sql.run(
                claim,
                context,
                ResultSet::next,
                digest,
                digest,
                key.tool(),
                IdempotencyTable.bytes(key.fingerprint()),
                id,
                IdempotencyTable.interval(lease),
                IdempotencyTable.interval(key.retention()));
    }

    private static Optional<Claim.Earlier> earlier(ResultSet rows, IdempotencyKey key) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        if (!HexFormat.of().formatHex(rows.getBytes(1)).equals(key.fingerprint())) {
            return Optional.of(new Claim.OtherArguments());
        }
        if (rows.getBoolean(2)) {
            return Optional.of(new Claim.Finished(result(rows.getString(3))));
        }
        var rest = Duration.ofMillis((long) Math.ceil(rows.getDouble(4)));
        return Optional.of(rest.isPositive() ? inProgress(rest) : new Claim.OutcomeUnknown());
    }

    /** The call may end much earlier than its lease. */
    private static Claim.InProgress inProgress(Duration rest) {
        return new Claim.InProgress(
                rest.compareTo(IdempotencyTable.RETRY_AFTER) < 0 ? rest : IdempotencyTable.RETRY_AFTER);
    }

    private static Optional<Json.Raw> result(@Nullable String stored) {
        return Optional.ofNullable(stored).map(text -> new Json.Raw(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<Claim.Granted> resume(
            IdempotencyKey key, Claim.Granted earlier, Duration lease, CallContext context) {
        var id = UUID.randomUUID().toString();
        boolean resumed = sql.run(
                resume,
                context,
                ResultSet::next,
                id,
                IdempotencyTable.interval(lease),
                IdempotencyTable.bytes(key.digest()),
                earlier.id());
        return resumed ? Optional.of(new Claim.Granted(id)) : Optional.empty();
    }

    @Override
    public void renew(IdempotencyKey key, Claim.Granted granted, Duration lease, CallContext context) {
        boolean unused = sql.run(
                renew,
                context,
                ResultSet::next,
                IdempotencyTable.interval(lease),
                IdempotencyTable.interval(lease),
                IdempotencyTable.bytes(key.digest()),
                granted.id());
    }

    @Override
    public void complete(IdempotencyKey key, Claim.Granted granted, Optional<Json.Raw> result, CallContext context) {
        var text = result.map(json -> new String(json.utf8(), StandardCharsets.UTF_8))
                .orElse(null);
        boolean unused =
                sql.run(complete, context, ResultSet::next, text, IdempotencyTable.bytes(key.digest()), granted.id());
    }

    @Override
    public void release(IdempotencyKey key, Claim.Granted granted, CallContext context) {
        boolean unused = sql.run(release, context, ResultSet::next, IdempotencyTable.bytes(key.digest()), granted.id());
    }

    @Override
    public void abandon(IdempotencyKey key, Claim.Granted granted, CallContext context) {
        boolean unused = sql.run(abandon, context, ResultSet::next, IdempotencyTable.bytes(key.digest()), granted.id());
    }
}
