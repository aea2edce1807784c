package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Set;

/**
 * Finds values of the type jsonpath whose work nothing bounds: a path that repeats its results is one, and so is a path
 * that is no constant. A comparison of two paths compares each result of one with each of the other, without a check
 * for interrupts.
 */
final class JsonPaths {
    /** What a refusal calls them. */
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

    /** Whether one has more work than the values that it is applied to are long. */
    boolean multiply() {
        return areUsed() && (literals(true) || areComputed());
    }

    /** Whether one has so if these values are long. */
    boolean compare() {
        return areUsed() && literals(false);
    }

    private boolean areUsed() {
        return tokens.stream()
                .anyMatch(token -> isOperator(token)
                        || (token.isName() && (isFunction(token) || FUNCTIONS.contains(token.value()))));
    }

    /** Any constant of the statement may become a path, if it can be one. */
    private boolean literals(boolean multiplying) {
        for (int i = 0; i < tokens.size(); i++) {
            if (isString(i)) {
                var path = new JsonPathText(
                        source.substring(tokens.get(i).start(), tokens.get(i).end()));
                if (path.isPossible() && (multiplying ? path.multiplies() || isString(i + 1) : path.compares())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean areComputed() {
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

    /** {@code '…'::jsonpath}, {@code jsonpath '…'}, {@code CAST('…' AS jsonpath)}. */
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

    /** {@code to_tsvector(…) @@ $1} compares no path. */
    private boolean isSearch(int close) {
        return value(close).equals(")") && value(brackets.opening(close) - 1).equals("to_tsvector");
    }

    /** One whose type the server finds out, in parentheses or not. */
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

    /** Of a constant none. */
    private String value(int at) {
        return at >= 0 && at < tokens.size() && !isString(at) ? tokens.get(at).value() : "";
    }
}
