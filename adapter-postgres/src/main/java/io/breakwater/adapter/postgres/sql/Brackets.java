package io.breakwater.adapter.postgres.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The pairs of brackets and parentheses in a statement, found in one pass. */
final class Brackets {
    private final List<Token> tokens;
    private final int[] closing;
    private final int[] opening;
    private final int[] enclosing;

    Brackets(List<Token> tokens) {
        this.tokens = tokens;
        this.closing = new int[tokens.size()];
        this.opening = new int[tokens.size()];
        this.enclosing = new int[tokens.size()];
        Arrays.fill(closing, tokens.size());
        Arrays.fill(opening, -1);
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            enclosing[i] = open.isEmpty() ? -1 : open.peek();
            if (tokens.get(i).is('(') || tokens.get(i).is('[')) {
                open.push(i);
            } else if ((tokens.get(i).is(')') || tokens.get(i).is(']')) && !open.isEmpty()) {
                opening[i] = open.pop();
                closing[opening[i]] = i;
            }
        }
    }

    /** The index of the bracket that closes the one at this index, or the number of tokens. */
    int closing(int open) {
        return closing[open];
    }

    /** The index of the bracket that the one at this index closes, or -1. */
    int opening(int close) {
        return opening[close];
    }

    /** The index of the innermost bracket that encloses the token at this index, or -1. */
    int enclosing(int inside) {
        return enclosing[inside];
    }

    /** Returns the parts between the bracket at this index and its end, split at the separating tokens. */
    List<Part> parts(int open, Predicate<Token> separates) {
        var parts = new ArrayList<Part>();
        int from = open + 1;
        int end = closing(open);
        for (int i = from; i < end; i = endOf(i) + 1) {
            if (separates.test(tokens.get(i))) {
                parts.add(new Part(from, i));
                from = i + 1;
            }
        }
        parts.add(new Part(from, end));
        return parts;
    }

    private int endOf(int i) {
        return tokens.get(i).is('(') || tokens.get(i).is('[') ? closing[i] : i;
    }

    /** The tokens from an index, inclusive, to another, exclusive. */
    record Part(int from, int end) {
        boolean isEmpty() {
            return from >= end;
        }
    }
}
