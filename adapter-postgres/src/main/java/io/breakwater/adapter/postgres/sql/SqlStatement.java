package io.breakwater.adapter.postgres.sql;

import java.util.List;

/**
 * A text that is exactly one statement for PostgreSQL's scanner.
 *
 * @param verb what it sets out to do
 * @param sql what the server is sent: the caller's text from the first token to the last, letter for letter
 * @param parameters the numbers of the parameters in it, as they come; one number can come more than once
 * @param ordered whether the rows come in an order that the statement itself says
 * @param names what in it could run something
 * @param places how positions in the server's text relate to the caller's
 * @param unbounded which calls have work that grows faster than the values they are given
 */
public record SqlStatement(
        StatementVerb verb,
        String sql,
        List<Integer> parameters,
        boolean ordered,
        CalledNames names,
        ErrorPositions places,
        UnboundedCalls unbounded) {
    /** Copies the parameters. */
    public SqlStatement {
        parameters = List.copyOf(parameters);
    }

    /**
     * Reads a text.
     *
     * @throws io.breakwater.port.PortException.Refused INVALID when it is no statement, or more than one, or not to be
     *     read with certainty; with the position in the text
     */
    public static SqlStatement of(String text) {
        return StatementAnalyzer.of(text, SingleStatementFinder.tokensOf(text, Lexer.tokens(text)));
    }

    /** The highest number of a parameter in it, or 0. */
    public int highestParameter() {
        return parameters.stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
