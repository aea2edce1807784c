package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The limits on the part of a result that one call returns.
 *
 * @param rows the maximum number of rows
 * @param bytes the maximum size of the rows as JSON, in bytes
 * @param offset the maximum number of rows that a cursor may skip; each part runs the statement again and skips the
 *     previous rows
 * @param cursorTtl the time for which a cursor can be used
 */
public record QueryLimits(int rows, long bytes, long offset, Duration cursorTtl) {

    /** Refuses limits under which a call returns no rows. */
    public QueryLimits {
        positive(rows, "QueryLimits.rows");
        positive(bytes, "QueryLimits.bytes");
        atLeast(0, offset, "QueryLimits.offset");
        positive(cursorTtl, "QueryLimits.cursorTtl");
    }

    /** Returns the defaults: 1,000 rows, 1 MiB, an offset of 100,000 rows, and cursors for 1 h. */
    public static QueryLimits standard() {
        return new QueryLimits(1_000, 1 << 20, 100_000, Duration.ofHours(1));
    }
}
