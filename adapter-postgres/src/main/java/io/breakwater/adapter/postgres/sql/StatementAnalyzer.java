package io.breakwater.adapter.postgres.sql;

import java.util.List;

/** Puts together what is known of one statement. */
final class StatementAnalyzer {
    private StatementAnalyzer() {}

    static SqlStatement of(String source, List<Token> tokens) {
        var places = new ErrorPositions(
                source, tokens.getFirst().start(), tokens.getLast().end());
        var parameters = tokens.stream()
                .filter(token -> token.kind() == Token.Kind.PARAMETER)
                .map(token -> Integer.valueOf(token.value().substring(1)))
                .toList();
        return new SqlStatement(
                VerbReader.of(source, tokens),
                source.substring(places.start(), places.end()),
                parameters,
                OrderByFinder.isSaid(tokens),
                NameFinder.namesIn(tokens),
                places,
                UnboundedCallFinder.callsIn(source, tokens));
    }
}
