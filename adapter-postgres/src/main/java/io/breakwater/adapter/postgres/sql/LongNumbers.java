package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds numbers whose value is much longer than their text. */
final class LongNumbers {
    /** Each operation takes up to one second for two numbers of the maximum length. */
    private static final int MAX_PRODUCTS = 8;

    private static final Set<String> PRODUCTS = Set.of("*", "/", "%", "^");
    private static final Pattern LONG_NUMBER = Pattern.compile("'?\\s*[-+]?[0-9._]+[eE][-+]?[0-9_]{4,}\\s*'?");

    private LongNumbers() {}

    /** Whether a number has an exponent of four digits or more. */
    static boolean areIn(List<Token> tokens) {
        return tokens.stream()
                .anyMatch(token -> (token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.STRING)
                        && LONG_NUMBER.matcher(token.value()).matches());
    }

    /** Whether a statement with such numbers has enough products to take long. */
    static boolean areMultipliedIn(List<Token> tokens) {
        long products = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.OPERATOR && PRODUCTS.contains(token.value()))
                .count();
        return products > MAX_PRODUCTS && areIn(tokens);
    }
}
