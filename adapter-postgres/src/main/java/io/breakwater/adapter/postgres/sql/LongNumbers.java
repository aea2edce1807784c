package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds numbers that are much longer than they are written. */
final class LongNumbers {
    /** Each takes up to a second for two numbers of the greatest length. */
    private static final int MOST_PRODUCTS = 8;

    private static final Set<String> PRODUCTS = Set.of("*", "/", "%", "^");
    private static final Pattern WRITTEN = Pattern.compile("'?\\s*[-+]?[0-9._]+[eE][-+]?[0-9_]{4,}\\s*'?");

    private LongNumbers() {}

    /** Whether one has an exponent of four digits or more. */
    static boolean areIn(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(token -> (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.STRING)
                        && WRITTEN.matcher(token.value()).matches());
    }

    /** Whether such numbers are multiplied more often than is done soon. */
    static boolean areMultipliedIn(List<Token> tokens) {
        long products = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.OPERATOR && PRODUCTS.contains(token.value()))
                .count();
        return products > MOST_PRODUCTS && areIn(tokens);
    }
}
