package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Optional;

/** Finds matching parentheses. */
final class Parentheses {
    private Parentheses() {}

    /** Returns the index after the parenthesis that opens at this index, or the end when it is not closed. */
    static int after(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (tokens.get(i).is('(')) {
                depth++;
            } else if (tokens.get(i).is(')') && --depth == 0) {
                return i + 1;
            }
        }
        return tokens.size();
    }

    /** Returns the first token that is not an opening parenthesis. */
    static Optional<Token> firstInside(List<Token> tokens) {
        return tokens.stream().filter(token -> !token.is('(')).findFirst();
    }

    /**
     * Returns the tokens inside all parentheses that enclose the whole statement, in one pass for any number of them.
     */
    static List<Token> withoutOuter(List<Token> tokens) {
        int opened = 0;
        while (opened < tokens.size() && tokens.get(opened).is('(')) {
            opened++;
        }
        int closed = 0;
        while (closed < opened
                && closed < tokens.size()
                && tokens.get(tokens.size() - 1 - closed).is(')')) {
            closed++;
        }
        int around = Math.max(0, Math.min(closed, lowestDepth(tokens, opened, tokens.size() - closed)));
        return around * 2 >= tokens.size() ? List.of() : tokens.subList(around, tokens.size() - around);
    }

    /** Returns how many of the opened parentheses stay open in a range of tokens. */
    private static int lowestDepth(List<Token> tokens, int from, int to) {
        int depth = from;
        int lowest = from;
        for (int i = from; i < to; i++) {
            if (tokens.get(i).is('(')) {
                depth++;
            } else if (tokens.get(i).is(')')) {
                lowest = Math.min(lowest, --depth);
            }
        }
        return lowest;
    }
}
