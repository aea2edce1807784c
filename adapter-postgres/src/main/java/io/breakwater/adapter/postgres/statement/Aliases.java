package io.breakwater.adapter.postgres.statement;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the names that can stand for a single value in FROM: those of functions and their aliases. {@code g.f} calls the
 * function {@code f} of whatever type {@code g} gives there, while the name of a table or a query stands for a row.
 */
final class Aliases {
    private final List<Token> tokens;
    private final Set<String> values = new HashSet<>(KeyWords.VALUE_FUNCTIONS);

    private Aliases(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Aliases of(List<Token> tokens) {
        var aliases = new Aliases(tokens);
        aliases.find();
        return aliases;
    }

    /** Whether a name can stand for a single value. */
    boolean canBeValue(Token name) {
        return values.contains(name.value()) || values.contains(Folding.folded(name.value()));
    }

    private void find() {
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.is('(')) {
                open.push(i);
                addName(i - 1);
            } else if (token.is(')')) {
                int start = open.isEmpty() ? 0 : open.pop();
                if (!isQuery(start)) {
                    addAlias(i + 1);
                }
            } else if (token.kind() == Token.Kind.WORD && KeyWords.VALUE_FUNCTIONS.contains(token.value())) {
                addAlias(i + 1);
            }
        }
    }

    private boolean isQuery(int parenthesis) {
        if (parenthesis == 0) {
            return true;
        }
        var before = tokens.get(parenthesis - 1);
        boolean rows = parenthesis > 1 && tokens.get(parenthesis - 2).is("ROWS");
        return before.is('(')
                || before.is(',')
                || (before.kind() == Token.Kind.WORD && KeyWords.BEFORE_QUERY.contains(before.value()) && !rows);
    }

    private void addAlias(int i) {
        addName(i < tokens.size() && tokens.get(i).is("AS") ? i + 1 : i);
    }

    private void addName(int i) {
        if (i >= 0 && i < tokens.size() && tokens.get(i).isName()) {
            Folding.addTo(values, tokens.get(i));
        }
    }
}
