package io.breakwater.adapter.postgres.sql;

import java.util.List;

/**
 * A text that is exactly one statement for PostgreSQL's scanner.
 *
 * @param verb the kind of the statement
 * @param sql the text for the server: the caller's text from the first token to the last, verbatim
 * @param parameters the numbers of its parameters in the order of the text; a number can occur more than once
 * @param ordered whether the statement itself defines the order of its rows
 * @param names the names in it that could run code
 * @param positions maps positions in the server's text to positions in the caller's text
 * @param unbounded the calls whose work grows faster than the length of their values
 */
public record SqlStatement(
        StatementVerb verb,
        String sql,
        List<Integer> parameters,
        boolean ordered,
        CalledNames names,
        ErrorPositions positions,
        UnboundedCalls unbounded) {
    /** Copies the parameters. */
    public SqlStatement {
        parameters = List.copyOf(parameters);
    }

    /**
     * Parses a text.
     *
     * @throws io.breakwater.port.PortException.RefusedException INVALID when the text is not exactly one statement, or
     *     is ambiguous; the message contains the position in the text
     */
    public static SqlStatement of(String text) {
        return StatementAnalyzer.of(text, SingleStatementFinder.tokensOf(text, Lexer.tokens(text)));
    }

    /** The highest number of a parameter, or 0. */
    public int highestParameter() {
        return parameters.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
