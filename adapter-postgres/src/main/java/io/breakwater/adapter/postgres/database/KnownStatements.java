package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.Recent;
import io.breakwater.adapter.postgres.sql.OneStatement;
import java.util.Map;

/**
 * Statements that were read of late, by their text: what the text says never changes, and applications send the same few
 * texts with ever new parameters. Thread-safe.
 */
final class KnownStatements {
    private static final int MOST = 500;
    private static final int LONGEST = 4_000;

    private final Map<String, OneStatement> known = Recent.atMost(MOST);

    /**
     * What a text says.
     *
     * @throws io.breakwater.port.PortException.Refused as {@link OneStatement#of} does
     */
    OneStatement get(String text) {
        var before = known.get(text);
        if (before != null) {
            return before;
        }
        var statement = OneStatement.of(text);
        if (text.length() <= LONGEST) {
            known.put(text, statement);
        }
        return statement;
    }
}
