package io.breakwater.adapter.postgres.statement;

import java.util.Set;

/**
 * The names in a statement that could run something when the server looks them up, schema prefixes left out: more than
 * those that will, never fewer. As the server keeps them: folded to lower case unless quoted, cut to 63 bytes.
 *
 * @param calls names before a parenthesis, and names after a dot, because {@code t.f} calls the function {@code f} of a
 *     row {@code t} that has no such column
 * @param operators symbols, and those that key words such as LIKE and IN stand for
 * @param words every identifier: relations, types, columns and aliases alike
 */
public record Names(Set<String> calls, Set<String> operators, Set<String> words) {
    /** Copies the sets. */
    public Names {
        calls = Set.copyOf(calls);
        operators = Set.copyOf(operators);
        words = Set.copyOf(words);
    }
}
