package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.adapter.postgres.sql.StatementVerb;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The server's command tags ({@code CREATE TABLE}), which the driver keeps to itself, from a statement's first words.
 */
final class CommandTag {
    private static final Set<String> WITH_OBJECT = Set.of("CREATE", "ALTER", "DROP", "TRUNCATE", "REFRESH");
    private static final Set<String> BETWEEN = Set.of(
            "OR", "REPLACE", "TEMP", "TEMPORARY", "GLOBAL", "LOCAL", "UNLOGGED", "UNIQUE", "RECURSIVE", "TRUSTED");
    private static final Set<String> HALVES = Set.of("MATERIALIZED", "FOREIGN", "EVENT", "ACCESS", "TEXT", "USER");

    private CommandTag() {}

    static String of(SqlStatement statement) {
        var verb = statement.verb().shown();
        if (!(statement.verb() instanceof StatementVerb.Other) || !WITH_OBJECT.contains(verb)) {
            return verb;
        }
        var words = Arrays.stream(statement.sql().split("\\W+", 12))
                .map(word -> word.toUpperCase(Locale.ROOT))
                .skip(1)
                .dropWhile(BETWEEN::contains)
                .limit(2)
                .toList();
        if (words.isEmpty() || verb.equals("TRUNCATE")) {
            return verb.equals("TRUNCATE") ? "TRUNCATE TABLE" : verb;
        }
        return verb + " " + (HALVES.contains(words.getFirst()) ? String.join(" ", words) : words.getFirst());
    }
}
