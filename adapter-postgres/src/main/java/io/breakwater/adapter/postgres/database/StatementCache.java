package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.LruMap;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import java.util.Map;

/**
 * Statements that were read of late, by their text: what the text says never changes, and applications send the same
 * few texts with ever new parameters. Thread-safe.
 */
final class StatementCache {
    private static final int MOST = 500;
    private static final int LONGEST = 4_000;

    private final Map<String, SqlStatement> known = LruMap.atMost(MOST);

    /**
     * What a text says.
     *
     * @throws io.breakwater.port.PortException.Refused as {@link SqlStatement#of} does
     */
    SqlStatement get(String text) {
        var before = known.get(text);
        if (before != null) {
            return before;
        }
        var statement = SqlStatement.of(text);
        if (text.length() <= LONGEST) {
            known.put(text, statement);
        }
        return statement;
    }
}
