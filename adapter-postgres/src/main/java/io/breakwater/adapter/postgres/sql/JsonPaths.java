package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Set;

/**
 * Finds jsonpath values with unbounded work: paths that multiply their results, and paths that are not constants. A
 * comparison of two paths compares each result of one with each result of the other, without a check for interrupts.
 */
final class JsonPaths {
    /** The name of these values in refusals. */
    static final String NAME = "jsonpath";

    private static final Set<String> OPERATORS = Set.of("@?", "@@", "@@@");
    private static final Set<String> FUNCTIONS =
            Set.of("json_exists", "json_query", "json_value", "json_table", NAME, "_jsonpath", "jsonpath_in");
    private static final Set<String> BEFORE_VALUE = Set.of("(", "[", ",", "then", "else");

    private final String source;
    private final List<Token> tokens;
    private final Brackets brackets;

    JsonPaths(String source, List<Token> tokens, Brackets brackets) {
        this.source = source;
        this.tokens = tokens;
        this.brackets = brackets;
    }

    /** Whether the work of a path may grow faster than the length of its values. */
    boolean mayMultiply() {
        return usesJsonPath() && (hasUnboundedLiteral(true) || hasComputedPath());
    }

    /** Whether the work of a path may be unbounded when its values are long. */
    boolean mayCompare() {
        return usesJsonPath() && hasUnboundedLiteral(false);
    }

    private boolean usesJsonPath() {
        return tokens.stream()
                .anyMatch(token -> isOperator(token)
                        || (token.isName() && (isFunction(token) || FUNCTIONS.contains(token.value()))));
    }

    /** Checks every constant of the statement that may be a path. */
    private boolean hasUnboundedLiteral(boolean multiplying) {
        for (int i = 0; i < tokens.size(); i++) {
            if (isString(i)) {
                var path = new JsonPathText(
                        source.substring(tokens.get(i).start(), tokens.get(i).end()));
                if (path.mayBePath()
                        && (multiplying ? path.mayMultiplyResults() || isString(i + 1) : path.compares())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean hasComputedPath() {
        boolean typed = tokens.stream().anyMatch(JsonPaths::isType);
        for (int i = 0; i < tokens.size(); i++) {
            if ((isType(tokens.get(i)) && !isConversion(i))
                    || (isOperator(tokens.get(i)) && isParameter(i + 1) && !isSearch(i - 1))
                    || takesParameter(i)
                    || (typed && isUntyped(i) && BEFORE_VALUE.contains(value(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isType(Token token) {
        return token.isName()
                && (token.value().equals(NAME)
                        || token.value().equals("_jsonpath")
                        || token.value().equals("jsonpath_in"));
    }

    /** Whether a constant is converted: {@code '…'::jsonpath}, {@code jsonpath '…'}, {@code CAST('…' AS jsonpath)}. */
    private boolean isConversion(int i) {
        if (!tokens.get(i).value().equals(NAME)
                || value(i + 1).equals("[")
                || value(i + 1).equals("array")) {
            return false;
        }
        int before = value(i - 1).equals(".") && value(i - 2).equals("pg_catalog") ? i - 3 : i - 1;
        boolean joined = value(before).equals("::") || value(before).equals("as");
        return (joined && isString(before - 1)) || isString(i + 1);
    }

    private boolean takesParameter(int i) {
        var token = tokens.get(i);
        if (!token.isName()
                || !(isFunction(token) || FUNCTIONS.contains(token.value()))
                || !value(i + 1).equals("(")) {
            return false;
        }
        var arguments = brackets.parts(i + 1, part -> part.is(','));
        return (arguments.size() > 1 && isParameter(arguments.get(1).from()))
                || arguments.stream()
                        .anyMatch(part -> value(part.from()).equals("path") && isParameter(part.from() + 2));
    }

    /** Whether the operator is a text search: {@code to_tsvector(…) @@ $1} uses no path. */
    private boolean isSearch(int close) {
        return value(close).equals(")") && value(brackets.opening(close) - 1).equals("to_tsvector");
    }

    /** Whether a parameter whose type the server infers follows, possibly in parentheses. */
    private boolean isParameter(int from) {
        int at = from;
        while (value(at).equals("(")) {
            at++;
        }
        return isUntyped(at);
    }

    private boolean isUntyped(int at) {
        return at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.PARAMETER
                && !value(at + 1).equals("::");
    }

    private static boolean isOperator(Token token) {
        return token.kind() == Token.Kind.OPERATOR && OPERATORS.contains(token.value());
    }

    private static boolean isFunction(Token token) {
        return token.value().startsWith("jsonb_path_");
    }

    private boolean isString(int at) {
        return at >= 0 && at < tokens.size() && tokens.get(at).kind() == Token.Kind.STRING;
    }

    /** The value of a token; empty for a constant. */
    private String value(int at) {
        return at >= 0 && at < tokens.size() && !isString(at) ? tokens.get(at).value() : "";
    }
}
