package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the writes of calls. A write with an idempotency key happens exactly once: one transaction contains the effect
 * and the row of the table {@code idempotency} that records its result. If the process or the server stops at any point,
 * both exist or none.
 *
 * <p>A lock of the transaction represents the call in progress. Its holder is the only call that may write under the
 * key; others do not wait, and fail with {@link IdempotencyException.Problem#IN_PROGRESS}. PostgreSQL releases the lock
 * after the commit is visible, so the next holder finds the row. The lookup is a statement of its own, because its
 * snapshot must be taken after the lock was.
 */
@OutageBehavior(
        guard = "exactly-once writes",
        dependency = GuardDependency.STORE,
        failure = "lost during the commit",
        effect = OutageEffect.DENY,
        behavior =
                "The call fails with `EXTERNAL_ERROR`, and its outcome is unknown until it is repeated. The effect and "
                        + "the key are in one transaction, so both exist or neither does.",
        recovery = "The repeated call returns the first result, or has the effect.",
        signal = "`mcp_idempotent_calls_total{outcome=\"unconfirmed\"}`",
        details = "idempotency.md#what-a-key-guarantees")
@OutageBehavior(
        guard = "exactly-once writes",
        dependency = GuardDependency.PROCESS,
        failure = "killed during the effect",
        effect = OutageEffect.DENY,
        behavior = "The effect and the key exist together or not at all.",
        recovery = "The repeated call returns the first result, or has the effect.",
        signal = "`mcp_idempotent_calls_total`",
        details = "idempotency.md#what-a-key-guarantees")
final class RecordedWrites {
    /** The maximum time between two statements, between which nothing waits. */
    private static final Duration MAX_IDLE = Duration.ofMinutes(1);

    /** A process that stops in the middle of a transaction loses it, so that its key does not stay locked. */
    private static final String LOCK =
            "SELECT pg_try_advisory_xact_lock(?), set_config('idle_in_transaction_session_timeout', ?, true)";

    private final StoreStatements sql;
    private final String lookup;
    private final String insert;

    RecordedWrites(StoreStatements sql, String schema) {
        this.sql = sql;
        lookup = "SELECT fingerprint, result FROM " + schema + ".idempotency WHERE key = ? AND expires_at > now()";
        insert = IdempotencyTable.insert(
                schema,
                "key, tool, fingerprint, finished, result, expires_at",
                "?, ?, ?, true, ?, now() + ?::interval");
    }

    /**
     * Runs a statement that changes at most one row and returns it.
     *
     * @param values the values for its question marks, in order
     * @return the row, or empty if there was none; then nothing is recorded
     */
    <T> Optional<T> run(String statement, CallContext context, RowFormat<T> format, @Nullable Object... values) {
        StoreStatements.Reader<Optional<T>> reader =
                rows -> rows.next() ? Optional.of(format.read(rows)) : Optional.empty();
        var write = context.idempotentWrite();
        if (write == null) {
            return sql.run(statement, context, reader, values);
        }
        var key = write.start();
        return sql.inTransaction(context, transaction -> {
            lock(transaction, key, context);
            var recorded = recorded(transaction, key, context);
            if (recorded.isPresent()) {
                write.onReplayed();
                return recorded.map(format::decode);
            }
            write.beginEffect();
            var written = transaction.run(statement, context, reader, values);
            if (written.isPresent()) {
                record(transaction, key, format.encode(written.get()), context);
                transaction.commit();
            }
            return written;
        });
    }

    private static void lock(StoreTransaction transaction, IdempotencyKey key, CallContext context)
            throws SQLException {
        var maxIdle = Long.toString(Math.clamp(context.remaining().toMillis(), 1, MAX_IDLE.toMillis()));
        boolean locked = transaction.run(LOCK, context, RecordedWrites::isTrue, IdempotencyTable.lockId(key), maxIdle);
        if (!locked) {
            throw IdempotencyException.inProgress(IdempotencyTable.RETRY_AFTER);
        }
    }

    private Optional<Json.Obj> recorded(StoreTransaction transaction, IdempotencyKey key, CallContext context)
            throws SQLException {
        return transaction.run(lookup, context, rows -> found(rows, key), IdempotencyTable.bytes(key.digest()));
    }

    private static Optional<Json.Obj> found(ResultSet rows, IdempotencyKey key) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        if (!HexFormat.of().formatHex(rows.getBytes(1)).equals(key.fingerprint())) {
            throw IdempotencyException.otherArguments();
        }
        return Optional.of((Json.Obj) Json.parse(rows.getString(2)));
    }

    private void record(StoreTransaction transaction, IdempotencyKey key, Json.Obj result, CallContext context)
            throws SQLException {
        var digest = IdempotencyTable.bytes(key.digest());
        boolean recorded = transaction.run(
                insert,
                context,
                ResultSet::next,
                digest,
                digest,
                key.tool(),
                IdempotencyTable.bytes(key.fingerprint()),
                JsonWriter.text(result),
                IdempotencyTable.interval(key.retention()));
        if (!recorded) { // a role whose transactions keep their first snapshot did not see the row of another call
            throw IdempotencyException.inProgress(IdempotencyTable.RETRY_AFTER);
        }
    }

    private static boolean isTrue(ResultSet rows) throws SQLException {
        return rows.next() && rows.getBoolean(1);
    }

    /** Reads a row of a table, and converts it to and from the JSON that is recorded. */
    interface RowFormat<T> {
        T read(ResultSet row) throws SQLException;

        Json.Obj encode(T value);

        T decode(Json.Obj recorded);
    }
}
