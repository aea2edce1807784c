package io.breakwater.core.data.processing;

import java.util.List;
import java.util.Set;

/**
 * An expression made ready for the evaluator.
 *
 * @param text the expression, of the same length as it was given; regular expressions in it became variables
 * @param functions which of the offered functions it names
 * @param patterns its regular expressions, in order; the first is the variable {@link #patternName patternName(0)}
 */
record Expression(String text, Set<String> functions, List<Regex> patterns) {
    private static final char FIRST_PATTERN = '\uE000';

    Expression {
        functions = Set.copyOf(functions);
        patterns = List.copyOf(patterns);
    }

    /** A name of one character that nobody types, so that it fits into the place of any literal. */
    static String patternName(int index) {
        return String.valueOf((char) (FIRST_PATTERN + index));
    }
}
