package io.breakwater.adapter.postgres.sql;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the names in FROM that can denote a single value: names of functions and their aliases. For such a name,
 * {@code g.f} calls the function {@code f} of the type of {@code g}; the name of a table or a query denotes a row.
 */
final class ScalarAliases {
    private final List<Token> tokens;
    private final Set<String> values = new HashSet<>(Keywords.VALUE_FUNCTIONS);

    private ScalarAliases(List<Token> tokens) {
        this.tokens = tokens;
    }

    static ScalarAliases of(List<Token> tokens) {
        var aliases = new ScalarAliases(tokens);
        aliases.find();
        return aliases;
    }

    /** Whether a name can denote a single value. */
    boolean canBeValue(Token name) {
        return values.contains(name.value()) || values.contains(IdentifierFolding.fold(name.value()));
    }

    private void find() {
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.is('(')) {
                open.push(i);
                addName(i - 1);
            } else if (token.is(')')) {
                visitClosing(open.isEmpty() ? 0 : open.pop(), i);
            } else if (token.kind() == Token.Kind.WORD) {
                visitWord(i, open.isEmpty() ? 0 : open.peek());
            }
        }
    }

    private void visitClosing(int start, int end) {
        if (!isQuery(start)) {
            addAlias(end + 1);
        }
    }

    private void visitWord(int i, int parenthesis) {
        var word = tokens.get(i);
        values.addAll(Keywords.CALLS.getOrDefault(word.value(), Set.of()));
        if (Keywords.VALUE_FUNCTIONS.contains(word.value())) {
            addAlias(i + 1);
        } else if (word.is("AS") && isCast(parenthesis)) {
            addTypes(i + 1);
        }
    }

    private boolean isCast(int parenthesis) {
        return parenthesis > 0
                && (tokens.get(parenthesis - 1).is("CAST")
                        || tokens.get(parenthesis - 1).is("TREAT"));
    }

    /** Adds types, because {@code FROM CAST(x AS int)} has the name {@code int4}. */
    private void addTypes(int from) {
        for (int i = from; i < tokens.size() && !tokens.get(i).is(')'); i++) {
            addName(i);
            values.addAll(Keywords.TYPES.getOrDefault(tokens.get(i).value(), Set.of()));
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
                || (before.kind() == Token.Kind.WORD && Keywords.BEFORE_QUERY.contains(before.value()) && !rows);
    }

    private void addAlias(int i) {
        addName(i < tokens.size() && tokens.get(i).is("AS") ? i + 1 : i);
    }

    private void addName(int i) {
        if (i >= 0 && i < tokens.size() && tokens.get(i).isName()) {
            IdentifierFolding.addTo(values, tokens.get(i));
        }
    }
}
