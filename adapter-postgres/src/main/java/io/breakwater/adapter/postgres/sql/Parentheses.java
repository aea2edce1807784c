package io.breakwater.adapter.postgres.sql;

import java.util.List;
import java.util.Optional;

/** Pairs of parentheses among tokens. */
final class Parentheses {
    private Parentheses() {}

    /** Where it goes on after the parenthesis that opens at that index, or the end when it is never closed. */
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

    /** The first token that is no opening parenthesis. */
    static Optional<Token> firstInside(List<Token> tokens) {
        return tokens.stream().filter(token -> !token.is('(')).findFirst();
    }

    /** The tokens inside of all the parentheses that go around the whole; in one pass, however many those are. */
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

    /** How many of the opened parentheses stay open through all tokens of a range. */
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
