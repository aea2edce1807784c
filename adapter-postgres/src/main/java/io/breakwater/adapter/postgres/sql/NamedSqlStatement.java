package io.breakwater.adapter.postgres.sql;

import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.NamedStatement.Effect;
import io.breakwater.port.driven.NamedStatement.Reference;
import java.util.List;

/**
 * A text that is exactly one statement for PostgreSQL's scanner once its named parameters are replaced.
 *
 * @param statement the statement, whose positions and text are those of the source; it is never sent
 * @param references the uses of parameters
 */
public record NamedSqlStatement(SqlStatement statement, List<Reference> references) {
    /** Copies the references. */
    public NamedSqlStatement {
        references = List.copyOf(references);
    }

    /**
     * Parses a text.
     *
     * @throws io.breakwater.port.PortException.RefusedException INVALID when the text is not exactly one statement, has
     *     numbered parameters, or is ambiguous; the exception has the position in the text
     */
    public static NamedSqlStatement of(String text) {
        var tokens = SingleStatementFinder.tokensOf(text, Lexer.tokens(text));
        var parameters = NamedParameters.of(text, tokens);
        return new NamedSqlStatement(StatementAnalyzer.of(text, parameters.tokens()), parameters.references());
    }

    /** Returns the statement with numbers in place of the names. */
    public NamedStatement toNamed() {
        return NamedStatement.of(statement.positions().source(), references, effect(statement.verb()));
    }

    private static Effect effect(StatementVerb verb) {
        return switch (verb) {
            case StatementVerb.Query query -> query.changing() ? Effect.CHANGES : Effect.READS;
            case StatementVerb.Change change -> Effect.CHANGES;
            case StatementVerb.Show show -> Effect.READS;
            case StatementVerb.Explain explain ->
                explain.runs() ? effect(explain.statement().verb()) : Effect.READS;
            case StatementVerb.TransactionControl control -> Effect.CHANGES;
            case StatementVerb.Other other -> Effect.CHANGES;
        };
    }
}
