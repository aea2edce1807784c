package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.driven.OrderStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code orders}. The statement that begins an order also deletes a few orders that have ended and expired, as
 * {@link IdempotencyTable} does. Runs on several servers look for orders that are due at the same time: each skips the rows
 * that others have locked.
 */
final class PostgresOrders implements OrderStore {
    private static final String CLAIM_COLUMNS =
            "present.stage, present.details, present.attempts, extract(epoch FROM now() - present.created_at) * 1000";

    private final StoreStatements sql;
    private final String begin;
    private final String lookup;
    private final String claimDue;
    private final String save;
    private final String postpone;
    private final String end;
    private final String endUnresolved;
    private final String remove;

    PostgresOrders(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".orders";
        begin = beginStatement(table);
        lookup = "SELECT fingerprint, stage, details, extract(epoch FROM claimed_until - now()) * 1000 FROM " + table
                + " WHERE key = ? AND NOT (stage = 'ended' AND expires_at <= now())";
        claimDue = "UPDATE " + table + " AS present SET claim = ?::uuid, claimed_until = now() + ?::interval"
                + " WHERE key = (SELECT key FROM " + table
                + " WHERE stage <> 'ended' AND due_at <= now() AND claimed_until <= now()"
                + " ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
                + " RETURNING " + CLAIM_COLUMNS + ", present.key";
        var own = " WHERE key = ? AND claim = ?::uuid AND stage <> 'ended' RETURNING 1";
        save = "UPDATE " + table + " SET stage = ?, details = ?, claimed_until = now() + ?::interval,"
                + " due_at = now() + ?::interval" + own;
        postpone = "UPDATE " + table + " SET stage = ?, details = ?, claimed_until = now(),"
                + " due_at = now() + ?::interval, attempts = attempts + 1" + own;
        var ended = "UPDATE " + table + " SET stage = 'ended', details = ?, claimed_until = now(), expires_at = ";
        end = ended + "now() + (expires_at - created_at)" + own; // the retention of the key
        endUnresolved = ended + "'infinity'" + own;
        remove = "DELETE FROM " + table + own;
    }

    /** Inserts an order, replaces an expired one, or takes over one whose lease has ended. Its first parameter is the key. */
    private static String beginStatement(String table) {
        var expired = "SELECT ctid FROM " + table + " WHERE stage = 'ended' AND expires_at <= now() AND key <> ?"
                + " ORDER BY expires_at LIMIT " + IdempotencyTable.MAX_CLEANUP + " FOR UPDATE SKIP LOCKED";
        return "WITH deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + expired + ")))"
                + " INSERT INTO " + table + " AS present"
                + " (key, fingerprint, stage, details, claim, claimed_until, due_at, expires_at)"
                + " VALUES (?, ?, 'begun', ?, ?::uuid, now() + ?::interval, now() + ?::interval, now() + ?::interval)"
                + " ON CONFLICT (key) DO UPDATE SET claim = excluded.claim, claimed_until = excluded.claimed_until,"
                + " due_at = excluded.due_at, fingerprint = excluded.fingerprint,"
                + replacedIfEnded("details", "excluded.details") + ", " + replacedIfEnded("attempts", "0") + ", "
                + replacedIfEnded("created_at", "now()") + ", " + replacedIfEnded("expires_at", "excluded.expires_at")
                + ", " + replacedIfEnded("stage", "'begun'")
                + " WHERE CASE WHEN present.stage = 'ended' THEN present.expires_at <= now()"
                + " ELSE present.claimed_until <= now() AND present.fingerprint = excluded.fingerprint END"
                + " RETURNING " + CLAIM_COLUMNS;
    }

    private static String replacedIfEnded(String column, String value) {
        return " " + column + " = CASE WHEN present.stage = 'ended' THEN " + value + " ELSE present." + column + " END";
    }

    @Override
    public Start begin(IdempotencyKey key, Json.Obj details, Terms terms, CallContext context) {
        var id = UUID.randomUUID().toString();
        while (true) { // again only if the order was removed or given back in between
            var claimed = claim(key, id, details, terms, context);
            if (claimed.isPresent()) {
                return new Start.Claimed(claimed.get());
            }
            var earlier = sql.run(lookup, context, rows -> earlier(rows, key), IdempotencyTable.bytes(key.digest()));
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
    }

    private Optional<Claim> claim(IdempotencyKey key, String id, Json.Obj details, Terms terms, CallContext context) {
        var digest = IdempotencyTable.bytes(key.digest());
        return sql.run(
                begin,
                context,
                rows -> rows.next() ? Optional.of(claim(rows, key.digest(), id)) : Optional.empty(),
                digest,
                digest,
                IdempotencyTable.bytes(key.fingerprint()),
                JsonWriter.text(details),
                id,
                IdempotencyTable.interval(terms.lease()),
                IdempotencyTable.interval(terms.due()),
                IdempotencyTable.interval(key.retention()));
    }

    private static Optional<Start> earlier(ResultSet rows, IdempotencyKey key) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        if (!HexFormat.of().formatHex(rows.getBytes(1)).equals(key.fingerprint())) {
            return Optional.of(new Start.OtherArguments());
        }
        if (stage(rows.getString(2)) == Stage.ENDED) {
            return Optional.of(new Start.Ended(details(rows.getString(3))));
        }
        var rest = Duration.ofMillis((long) Math.ceil(rows.getDouble(4)));
        return rest.isPositive() ? Optional.of(inProgress(rest)) : Optional.empty();
    }

    /** The run may end much earlier than its lease. */
    private static Start inProgress(Duration rest) {
        return new Start.InProgress(
                rest.compareTo(IdempotencyTable.RETRY_AFTER) < 0 ? rest : IdempotencyTable.RETRY_AFTER);
    }

    @Override
    public Optional<Claim> claimDue(Duration lease, CallContext context) {
        var id = UUID.randomUUID().toString();
        return sql.run(
                claimDue,
                context,
                rows -> rows.next() ? Optional.of(claim(rows, digest(rows), id)) : Optional.empty(),
                id,
                IdempotencyTable.interval(lease));
    }

    private static String digest(ResultSet row) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(5));
    }

    private static Claim claim(ResultSet row, String digest, String id) throws SQLException {
        var progress = new Progress(stage(row.getString(1)), details(row.getString(2)));
        var age = Duration.ofMillis(Math.max(0, (long) row.getDouble(4)));
        return new Claim(digest, id, progress, row.getInt(3), age);
    }

    @Override
    public boolean save(Claim claim, Progress progress, Terms terms, CallContext context) {
        return sql.run(
                save,
                context,
                ResultSet::next,
                word(progress.stage()),
                JsonWriter.text(progress.details()),
                IdempotencyTable.interval(terms.lease()),
                IdempotencyTable.interval(terms.due()),
                IdempotencyTable.bytes(claim.digest()),
                claim.id());
    }

    @Override
    public boolean postpone(Claim claim, Progress progress, Duration due, CallContext context) {
        return sql.run(
                postpone,
                context,
                ResultSet::next,
                word(progress.stage()),
                JsonWriter.text(progress.details()),
                IdempotencyTable.interval(due),
                IdempotencyTable.bytes(claim.digest()),
                claim.id());
    }

    @Override
    public boolean end(Claim claim, Json.Obj details, CallContext context) {
        return end(end, claim, details, context);
    }

    @Override
    public boolean endUnresolved(Claim claim, Json.Obj details, CallContext context) {
        return end(endUnresolved, claim, details, context);
    }

    private boolean end(String statement, Claim claim, Json.Obj details, CallContext context) {
        return sql.run(
                statement,
                context,
                ResultSet::next,
                JsonWriter.text(details),
                IdempotencyTable.bytes(claim.digest()),
                claim.id());
    }

    @Override
    public boolean remove(Claim claim, CallContext context) {
        return sql.run(remove, context, ResultSet::next, IdempotencyTable.bytes(claim.digest()), claim.id());
    }

    private static Json.Obj details(String stored) {
        return (Json.Obj) Json.parse(stored);
    }

    private static Stage stage(String word) {
        return Stage.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
