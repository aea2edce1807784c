package io.breakwater.adapter.postgres.store;

import io.breakwater.port.IdempotencyKey;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The table {@code idempotency}. Each statement that adds a row also deletes a few rows that have expired. Their number
 * is limited, so that the statement stays fast, and locked rows are skipped, so that it does not wait. Each statement
 * adds at most one row, so all expired rows are deleted eventually.
 */
final class IdempotencyTable {
    /** The maximum number of expired rows that one statement deletes. */
    static final int MAX_CLEANUP = 20;

    /** The time after which to repeat a call whose key is in use. */
    static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private IdempotencyTable() {}

    /**
     * Returns the statement that adds a row, or replaces an expired one with the same key. Its first parameter is the
     * key; those of the values follow. It returns a row if it added one.
     */
    static String insert(String schema, String columns, String values) {
        var table = schema + ".idempotency";
        var expired = "SELECT ctid FROM " + table + " WHERE expires_at <= now() AND key <> ? ORDER BY expires_at LIMIT "
                + MAX_CLEANUP;
        return "WITH deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + expired
                + " FOR UPDATE SKIP LOCKED)))"
                + " INSERT INTO " + table + " AS present (" + columns + ") VALUES (" + values + ")"
                + " ON CONFLICT (key) DO UPDATE SET tool = excluded.tool, fingerprint = excluded.fingerprint,"
                + " claim = excluded.claim, claimed_until = excluded.claimed_until, finished = excluded.finished,"
                + " result = excluded.result, created_at = excluded.created_at, expires_at = excluded.expires_at"
                + " WHERE present.expires_at <= now() RETURNING 1";
    }

    /**
     * Returns the number of the advisory lock that represents a recorded write in progress. Two keys with one lock are as
     * unlikely as two equal random numbers of 64 bits, and would only wait.
     */
    static long lockId(IdempotencyKey key) {
        return HexFormat.fromHexDigitsToLong(key.digest(), 0, 16);
    }

    /** Returns the bytes of a digest in hexadecimal digits. */
    static byte[] bytes(String digest) {
        return HexFormat.of().parseHex(digest);
    }

    /** Returns a duration for {@code ::interval}. */
    static String interval(Duration time) {
        return time.toMillis() + " milliseconds";
    }
}
