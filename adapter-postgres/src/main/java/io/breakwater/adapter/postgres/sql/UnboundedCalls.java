package io.breakwater.adapter.postgres.sql;

import java.util.Set;

/**
 * The calls in a statement whose work is the product of the lengths of two values, neither of which is a short
 * constant. The server cannot interrupt them, so they are harmless only as long as no value is very long.
 *
 * @param makesLongValues whether the statement can make long values of short ones, or is long itself
 * @param names the functions and operators so used, where each parameter is a short value
 * @param namesWithLongParameters the same where a parameter can be long
 * @param always what may have unbounded work whatever the values are
 */
public record UnboundedCalls(
        boolean makesLongValues, Set<String> names, Set<String> namesWithLongParameters, Set<String> always) {
    /** Characters of values that a statement is given, from which on it counts as one that makes long values. */
    private static final int LONG = 10_000;

    /** Copies the sets. */
    public UnboundedCalls {
        names = Set.copyOf(names);
        namesWithLongParameters = Set.copyOf(namesWithLongParameters);
        always = Set.copyOf(always);
    }

    /** Whether there are none, whatever values the statement is given. */
    public boolean isEmpty() {
        return names.isEmpty() && namesWithLongParameters.isEmpty() && always.isEmpty();
    }

    static boolean isLong(long characters) {
        return characters > LONG;
    }

    /**
     * The functions and operators that may have unbounded work if values are long.
     *
     * @param longest the length of the longest value of a parameter
     * @param total the length of them all
     */
    public Set<String> given(long longest, long total) {
        if (!makesLongValues && !isLong(total)) {
            return Set.of();
        }
        return longest > ShortConstants.LONGEST ? namesWithLongParameters : names;
    }
}
