package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Map;

/** The options of EXPLAIN: {@code (ANALYZE, FORMAT json)}, or {@code ANALYZE VERBOSE} in the old syntax. */
final class ExplainOptions {
    private ExplainOptions() {}

    static boolean isOldStyle(Token token) {
        return token.is("ANALYZE") || token.is("ANALYSE") || token.is("VERBOSE");
    }

    /** Reads the options between the parentheses. When an option occurs twice, the value {@code true} wins. */
    static void read(List<Token> tokens, Map<String, String> options) {
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(',')) {
                if (i > from) {
                    var name = tokens.get(from).value();
                    var value = i == from + 1 ? "true" : tokens.get(from + 1).value();
                    options.merge(name, value, (one, other) -> one.equals("true") ? one : other);
                }
                from = i + 1;
            }
        }
    }
}
