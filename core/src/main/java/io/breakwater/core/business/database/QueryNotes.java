package io.breakwater.core.business.database;

import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.server.settings.QueryLimits;
import org.jspecify.annotations.Nullable;

/** The warnings on rows, which callers should know before relying on them. */
final class QueryNotes {
    private static final String NOT_REPEATABLE =
            "There are more rows than are shown. The statement took effect, so it is not"
                    + " run again for the other rows; read them with a query.";
    private static final String UNORDERED = "Without ORDER BY the order of rows is not defined: parts of this result"
            + " may overlap or omit rows. Order by unique columns.";
    private static final String ALONE = "There are more rows. Run this query alone with execute_query to get a cursor.";

    private QueryNotes() {}

    /**
     * Returns the warning for rows.
     *
     * @param whole false if the rows are one part of several
     */
    static @Nullable String on(Rows rows, boolean whole, QueryLimits limits) {
        if (rows.truncated() && !rows.repeatable()) {
            return NOT_REPEATABLE;
        }
        if (rows.truncated() && rows.count() == 0) {
            return "The next row alone is larger than %d bytes. Select fewer columns, or parts of long values, as in"
                            .formatted(limits.bytes())
                    + " left(body, 1000).";
        }
        return whole || rows.ordered() ? null : UNORDERED;
    }

    /** Returns the warning for rows at which the range of cursors ends. */
    static String cursorLimitReached(QueryLimits limits) {
        return "There are more rows, but a cursor can skip at most %d rows. Aggregate, or filter by the last value"
                        .formatted(limits.offset())
                + " seen, as in WHERE id > $1 ORDER BY id.";
    }

    static @Nullable String inBatch(Rows rows) {
        if (!rows.truncated()) {
            return null;
        }
        return rows.repeatable() ? ALONE : NOT_REPEATABLE;
    }
}
