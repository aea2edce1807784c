package io.breakwater.core.business.database;

import io.breakwater.port.driven.SqlGateway.Rows;
import io.breakwater.server.settings.QueryLimits;
import org.jspecify.annotations.Nullable;

/** What callers should know about rows before they rely on them. */
final class QueryNotes {
    private static final String EFFECTIVE =
            "There were more rows than are shown. The statement took effect, so it is not"
                    + " run again for the others: read them with a query.";
    private static final String UNORDERED =
            "Without ORDER BY the rows come in no particular order: parts of this result"
                    + " may overlap or leave rows out. Order by unique columns.";
    private static final String ALONE = "There are more rows. Run this query alone with execute_query to get a cursor.";

    private QueryNotes() {}

    /** @param whole whether this is no part of several */
    static @Nullable String on(Rows rows, boolean whole, QueryLimits limits) {
        if (rows.truncated() && !rows.repeatable()) {
            return EFFECTIVE;
        }
        if (rows.truncated() && rows.count() == 0) {
            return "The next row alone takes more than %d bytes. Select fewer columns, or parts of long values, as in"
                            .formatted(limits.bytes())
                    + " left(body, 1000).";
        }
        return whole || rows.ordered() ? null : UNORDERED;
    }

    /** Where the cursors end, if that is where these rows end. */
    static String tooFar(QueryLimits limits) {
        return "There are more rows, but a cursor leads no further than %d rows in. Aggregate, or filter by the last value"
                        .formatted(limits.offset())
                + " seen, as in WHERE id > $1 ORDER BY id.";
    }

    static @Nullable String inBatch(Rows rows) {
        if (!rows.truncated()) {
            return null;
        }
        return rows.repeatable() ? ALONE : EFFECTIVE;
    }
}
