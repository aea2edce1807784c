package io.breakwater.adapter.postgres.statement;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects the names of a statement that could run something. */
final class NameFinder {
    private final List<Token> tokens;
    private final Set<String> calls = new HashSet<>();
    private final Set<String> attributes = new HashSet<>();
    private final Set<String> operators = new HashSet<>(KeyWords.COMPARISONS);
    private final Set<String> types = new HashSet<>();
    private final Set<String> relations = new HashSet<>();
    private boolean treats;

    private NameFinder(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Names namesIn(List<Token> tokens) {
        var finder = new NameFinder(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            finder.look(i);
        }
        if (finder.treats) {
            finder.calls.addAll(finder.types);
        }
        return new Names(finder.calls, finder.attributes, finder.operators, finder.types, finder.relations);
    }

    private void look(int i) {
        var token = tokens.get(i);
        if (token.kind() == Token.Kind.OPERATOR && !(token.value().equals("*") && standsForColumns(i))) {
            operators.add(token.value());
        } else if (token.isName()) {
            if (token.kind() == Token.Kind.WORD) {
                treats |= token.is("TREAT"); // TREAT(x AS f) calls the function f of x, whatever f is
                operators.addAll(KeyWords.OPERATORS.getOrDefault(token.value(), Set.of()));
            }
            if (!isReserved(token) || follows(i, ".")) {
                name(i);
            }
        }
    }

    private void name(int i) {
        boolean call = i + 1 < tokens.size() && tokens.get(i + 1).is('(');
        boolean attribute = follows(i, ".");
        if (call) {
            add(calls, i);
        } else if (attribute) {
            add(attributes, i);
        }
        if (call || attribute || canBeType(i)) {
            add(types, i);
            types.addAll(KeyWords.TYPES.getOrDefault(tokens.get(i).value(), Set.of()));
        }
        if (!isLabel(i)) {
            add(relations, i);
        }
    }

    /** After {@code ::}, another name, AS or RETURNING, and before a constant in quotes. */
    private boolean canBeType(int i) {
        if (i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.STRING) {
            return true;
        }
        if (i == 0 || follows(i, "::")) {
            return i > 0;
        }
        var before = tokens.get(i - 1);
        return before.kind() == Token.Kind.QUOTED
                || (before.kind() == Token.Kind.WORD
                        && !KeyWords.JOINING.contains(before.value())
                        && (!isReserved(before) || KeyWords.BEFORE_TYPE.contains(before.value())));
    }

    private boolean isLabel(int i) {
        return i > 0 && tokens.get(i - 1).is("AS");
    }

    private boolean follows(int i, String mark) {
        return i > 0
                && tokens.get(i - 1).kind() == Token.Kind.MARK
                && tokens.get(i - 1).value().equals(mark);
    }

    /** Adds a name, and how a server with an alphabet of single bytes may fold it. */
    private void add(Set<String> names, int i) {
        var name = tokens.get(i).value();
        names.add(name);
        if (tokens.get(i).kind() == Token.Kind.WORD) {
            names.add(name.toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isReserved(Token token) {
        return token.kind() == Token.Kind.WORD && KeyWords.RESERVED.contains(token.value());
    }

    private boolean standsForColumns(int i) {
        if (i == 0) {
            return true;
        }
        var before = tokens.get(i - 1);
        return before.is('(')
                || before.is(',')
                || before.is('.')
                || (before.kind() == Token.Kind.WORD && KeyWords.BEFORE_STAR.contains(before.value()));
    }
}
