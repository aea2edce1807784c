package io.breakwater.adapter.postgres.sql;

import java.util.Set;

/**
 * The calls in a statement whose work is the product of the lengths of two values, neither of which is a short
 * constant. The server cannot interrupt them, so they are harmless only while no value is very long.
 *
 * @param makesLongValues whether the statement can make long values from short ones, or is long itself
 * @param names these functions and operators, when all parameters are short values
 * @param namesWithLongParameters these functions and operators, when a parameter may be long
 * @param always the functions and operators that may have unbounded work for any values
 */
public record UnboundedCalls(
        boolean makesLongValues, Set<String> names, Set<String> namesWithLongParameters, Set<String> always) {
    /** The total length of parameters, in characters, above which a statement counts as one that makes long values. */
    private static final int LONG_VALUE = 10_000;

    /** Copies the sets. */
    public UnboundedCalls {
        names = Set.copyOf(names);
        namesWithLongParameters = Set.copyOf(namesWithLongParameters);
        always = Set.copyOf(always);
    }

    /** Whether there are none, for any parameters. */
    public boolean isEmpty() {
        return names.isEmpty() && namesWithLongParameters.isEmpty() && always.isEmpty();
    }

    static boolean isLong(long characters) {
        return characters > LONG_VALUE;
    }

    /**
     * Returns the functions and operators that may have unbounded work with parameters of these lengths.
     *
     * @param longest the length of the longest parameter, in characters
     * @param total the total length of all parameters, in characters
     */
    public Set<String> whenLengthsAre(long longest, long total) {
        if (!makesLongValues && !isLong(total)) {
            return Set.of();
        }
        return longest > ShortConstants.MAX_LENGTH ? namesWithLongParameters : names;
    }
}
