package io.breakwater.adapter.postgres.sql;

import java.util.List;

/** Finds an ORDER BY of the whole statement, not of a window, an aggregate or a subquery. */
final class OrderByFinder {
    private OrderByFinder() {}

    static boolean hasOrderBy(List<Token> tokens) {
        var inside = Parentheses.withoutOuter(tokens);
        int depth = 0;
        for (int i = 0; i < inside.size(); i++) {
            var token = inside.get(i);
            if (token.is('(')) {
                depth++;
            } else if (token.is(')')) {
                depth--;
            } else if (depth == 0
                    && i + 1 < inside.size()
                    && token.is("ORDER")
                    && inside.get(i + 1).is("BY")) {
                if (i == 0 || !isLabelNext(inside.get(i - 1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLabelNext(Token before) {
        return before.is('.') || before.is("AS");
    }
}
