package io.breakwater.adapter.postgres.sql;

import io.breakwater.adapter.postgres.sql.StatementVerb.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks over the parts of a WITH to the statement that they are for. */
final class WithClause {
    private final String source;
    private final List<Token> tokens;
    private int at = 1;
    private @Nullable Change change;

    private WithClause(String source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    /** The verb of a statement that begins with WITH. */
    static StatementVerb verb(String source, List<Token> tokens) {
        var walk = new WithClause(source, tokens);
        walk.skip("RECURSIVE");
        do {
            walk.part();
        } while (walk.skip(','));
        var verb = VerbReader.main(source, tokens.subList(walk.at, tokens.size()));
        return verb instanceof StatementVerb.Query ? new StatementVerb.Query(walk.change) : verb;
    }

    private void part() {
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
            passName("SET");
        }
        if (current().is("CYCLE")) {
            passName("USING");
        }
    }

    /** Goes behind the name that follows a key word. */
    private void passName(String keyword) {
        while (!current().is(keyword)) {
            at++;
        }
        at += 2;
    }

    private boolean skip(String keyword) {
        boolean there = current().is(keyword);
        at += there ? 1 : 0;
        return there;
    }

    private boolean skip(char mark) {
        boolean there = current().is(mark);
        at += there ? 1 : 0;
        return there;
    }

    private Token current() {
        require(at < tokens.size());
        return tokens.get(at);
    }

    private void require(boolean condition) {
        if (!condition) {
            var place = tokens.get(Math.min(at, tokens.size() - 1));
            throw SyntaxRefusals.at(
                    source, place.start(), "WITH reads WITH name AS (query) and then a statement; not here");
        }
    }
}
