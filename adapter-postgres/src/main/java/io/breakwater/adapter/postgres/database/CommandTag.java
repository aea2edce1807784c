package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Derives the server's command tag, for example {@code CREATE TABLE}, from a statement's first words, because the
 * driver does not expose it.
 */
final class CommandTag {
    private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "REFRESH");
    private static final Set<String> MODIFIERS = Set.of(
            "OR", "REPLACE", "TEMP", "TEMPORARY", "GLOBAL", "LOCAL", "UNLOGGED", "UNIQUE", "RECURSIVE", "TRUSTED");
    private static final Set<String> FIRST_OF_TWO_WORDS =
            Set.of("MATERIALIZED", "FOREIGN", "EVENT", "ACCESS", "TEXT", "USER");

    private CommandTag() {}

    static String of(SqlStatement statement) {
        var verb = statement.verb().keyword();
        if (!(statement.verb() instanceof StatementVerb.Other) || !WITH_OBJECT.contains(verb)) {
            return verb;
        }
        var words = Arrays.stream(statement.sql().split("\\W+", 12))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .skip(1)
                .dropWhile(MODIFIERS::contains)
                .limit(2)
                .toList();
        if (words.isEmpty() || verb.equals("TRUNCATE")) {
            return verb.equals("TRUNCATE") ? "TRUNCATE TABLE" : verb;
        }
        return verb + " "
                + (FIRST_OF_TWO_WORDS.contains(words.getFirst()) ? String.join(" ", words) : words.getFirst());
    }
}
