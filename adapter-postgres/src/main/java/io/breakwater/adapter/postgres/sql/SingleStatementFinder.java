package io.breakwater.adapter.postgres.sql;

import java.util.List;

/** Finds the only statement in the tokens of a text. */
final class SingleStatementFinder {
    private SingleStatementFinder() {}

    /** Returns the tokens of the statement, without the semicolons around it. */
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
            throw SyntaxRefusals.invalid("The text contains no statement: write one, for example SELECT 1.");
        }
        for (var token : tokens.subList(end, tokens.size())) {
            if (!token.is(';')) {
                throw SyntaxRefusals.at(text, token.start(), "Only one statement is allowed; here begins a second one");
            }
        }
        return tokens.subList(first, end);
    }
}
