package io.breakwater.adapter.postgres.sql;

import java.util.List;

/** Finds the one statement among the tokens of a text. */
final class SingleStatementFinder {
    private SingleStatementFinder() {}

    /** Its tokens, without the semicolons around it. */
    static List<Token> tokensOf(String text, List<Token> tokens) {
        int first = 0;
        while (first < tokens.size() && tokens.get(first).is(';')) {
            first++;
        }
        int end = first;
        while (end < tokens.size() && !tokens.get(end).is(';')) {
            end++;
        }
        if (first == end) {
            throw SyntaxRefusals.invalid("The text holds no statement: give one, such as SELECT 1.");
        }
        for (var token : tokens.subList(end, tokens.size())) {
            if (!token.is(';')) {
                throw SyntaxRefusals.at(
                        text, token.start(), "One statement at a time, please: here begins a second one");
            }
        }
        return tokens.subList(first, end);
    }
}
