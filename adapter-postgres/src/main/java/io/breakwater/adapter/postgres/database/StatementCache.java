package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.support.LruMap;
import java.util.Map;

/**
 * A cache of recently parsed statements by their text: applications send the same few texts with different parameters.
 * Thread-safe.
 */
final class StatementCache {
    private static final int MAX_ENTRIES = 500;
    private static final int MAX_SQL_LENGTH = 4_000;

    private final Map<String, SqlStatement> statements = LruMap.atMost(MAX_ENTRIES);

    /**
     * Returns the parsed statement of a text.
     *
     * @throws io.breakwater.port.PortException.RefusedException as {@link SqlStatement#of} does
     */
    SqlStatement get(String text) {
        var cached = statements.get(text);
        if (cached != null) {
            return cached;
        }
        var statement = SqlStatement.of(text);
        if (text.length() <= MAX_SQL_LENGTH) {
            statements.put(text, statement);
        }
        return statement;
    }
}
