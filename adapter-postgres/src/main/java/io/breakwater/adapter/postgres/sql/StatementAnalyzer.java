package io.breakwater.adapter.postgres.sql;

import java.util.List;

/** Analyzes one statement. */
final class StatementAnalyzer {
    private StatementAnalyzer() {}

    static SqlStatement of(String source, List<Token> tokens) {
        var positions = new ErrorPositions(
                source, tokens.getFirst().start(), tokens.getLast().end());
        var parameters = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.PARAMETER)
                .map(token -> Integer.valueOf(token.value().substring(1)))
                .toList();
        return new SqlStatement(
                VerbReader.of(source, tokens),
                source.substring(positions.start(), positions.end()),
                parameters,
                OrderByFinder.hasOrderBy(tokens),
                NameFinder.namesIn(tokens),
                positions,
                UnboundedCallFinder.callsIn(source, tokens));
    }
}
