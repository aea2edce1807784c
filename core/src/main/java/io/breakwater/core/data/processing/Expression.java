package io.breakwater.core.data.processing;

import io.breakwater.core.validation.Regex;
import java.util.List;
import java.util.Set;

/**
 * An expression for the evaluator.
 *
 * @param text the expression, with the same length as the source; variables replace its regular expressions
 * @param functions the names of the functions that it uses
 * @param patterns its regular expressions, in order; the first is the variable {@link #patternName patternName(0)}
 */
record Expression(String text, Set<String> functions, List<Regex> patterns) {
    private static final char FIRST_PATTERN = '\uE000';

    Expression {
        functions = Set.copyOf(functions);
        patterns = List.copyOf(patterns);
    }

    /**
     * Returns a name of one private-use character, so that it fits in the place of any literal and does not clash with
     * a caller's name.
     */
    static String patternName(int index) {
        return String.valueOf((char) (FIRST_PATTERN + index));
    }
}
