package io.breakwater.adapter.postgres.sql;

import io.breakwater.adapter.postgres.sql.StatementVerb.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Skips the parts of a WITH clause to find its main statement. */
final class WithClause {
    private final String source;
    private final List<Token> tokens;
    private int at = 1;
    private @Nullable Change change;

    private WithClause(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** Returns the verb of a statement that begins with WITH. */
    static StatementVerb verb(String source, List<Token> tokens) {
        var clause = new WithClause(source, tokens);
        clause.skip("RECURSIVE");
        do {
            clause.skipPart();
        } while (clause.skip(','));
        var verb = VerbReader.mainVerb(source, tokens.subList(clause.at, tokens.size()));
        return verb instanceof StatementVerb.Query ? new StatementVerb.Query(clause.change) : verb;
    }

    private void skipPart() {
        at++;
        if (current().is('(')) {
            at = Parentheses.after(tokens, at);
        }
        require(skip("AS"));
        skip("NOT");
        skip("MATERIALIZED");
        require(current().is('('));
        if (change == null && at + 1 < tokens.size()) {
            change = VerbReader.changeAt(tokens.get(at + 1));
        }
        at = Parentheses.after(tokens, at);
        if (current().is("SEARCH")) {
            skipName("SET");
        }
        if (current().is("CYCLE")) {
            skipName("USING");
        }
    }

    /** Skips to the token after the name that follows a key word. */
    private void skipName(String keyword) {
        while (!current().is(keyword)) {
            at++;
        }
        at += 2;
    }

    private boolean skip(String keyword) {
        boolean matches = current().is(keyword);
        at += matches ? 1 : 0;
        return matches;
    }

    private boolean skip(char symbol) {
        boolean matches = current().is(symbol);
        at += matches ? 1 : 0;
        return matches;
    }

    private Token current() {
        require(at < tokens.size());
        return tokens.get(at);
    }

    private void require(boolean condition) {
        if (!condition) {
            var token = tokens.get(Math.min(at, tokens.size() - 1));
            throw SyntaxRefusals.at(
                    source, token.start(), "WITH must have the form WITH name AS (query), followed by a statement");
        }
    }
}
