package io.breakwater.adapter.postgres.sql;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the names of a statement that could run code. */
final class NameFinder {
    private final List<Token> tokens;
    private final ScalarAliases aliases;

    /**
     * For each name, the index at which its chain of names and dots begins; the index of the name itself when an
     * expression precedes the dots.
     */
    private final int[] starts;

    private final boolean namesOperators;
    private final Set<String> calls = new HashSet<>();
    private final Set<String> fields = new HashSet<>();
    private final Set<String> attributes = new HashSet<>();
    private final Set<String> operators = new HashSet<>(Keywords.COMPARISONS);
    private final Set<String> types = new HashSet<>();
    private final Set<String> relations = new HashSet<>();
    private final Set<String> settings = new HashSet<>();
    private boolean hasTreat;

    private NameFinder(List<Token> tokens) {
        this.tokens = tokens;
        this.aliases = ScalarAliases.of(tokens);
        this.starts = starts(tokens);
        this.namesOperators = tokens.stream().anyMatch(token -> token.is("OPERATOR"));
    }

    static CalledNames namesIn(List<Token> tokens) {
        var finder = new NameFinder(tokens);
        for (int i = 0; i < tokens.size(); i++) {
            finder.visit(i);
        }
        if (finder.hasTreat) {
            finder.calls.addAll(finder.types);
        }
        return finder.names();
    }

    private CalledNames names() {
        var function = SettingCalls.FUNCTION;
        SettingCalls.addTo(settings, tokens, hasTreat || fields.contains(function) || attributes.contains(function));
        return new CalledNames(calls, fields, attributes, operators, types, relations, settings);
    }

    private void visit(int i) {
        var token = tokens.get(i);
        if (token.kind() == Token.Kind.OPERATOR && !(token.value().equals("*") && standsForColumns(i))) {
            operators.add(token.value());
        } else if (token.isName()) {
            if (token.kind() == Token.Kind.WORD) {
                hasTreat |= token.is("TREAT"); // TREAT(x AS f) calls the function f of x for any f
                operators.addAll(Keywords.OPERATORS.getOrDefault(token.value(), Set.of()));
                calls.addAll(Keywords.CALLS.getOrDefault(token.value(), Set.of()));
            }
            if (!isReserved(token) || follows(i, ".")) {
                addName(i);
            }
        }
    }

    private void addName(int i) {
        boolean call = i + 1 < tokens.size() && tokens.get(i + 1).is('(');
        boolean dotted = follows(i, ".");
        boolean field = dotted && isOfValue(i);
        if (call) {
            add(calls, i);
        } else if (dotted) {
            add(field ? fields : attributes, i);
        }
        if (call || field || canBeType(i)) {
            add(types, i);
            types.addAll(Keywords.TYPES.getOrDefault(tokens.get(i).value(), Set.of()));
        }
        if (!isLabel(i)) {
            add(relations, i);
        }
    }

    /** Whether a single value can precede the dot: an expression, or the alias of a function. */
    private boolean isOfValue(int i) {
        int start = starts[i];
        return start == i || aliases.canBeValue(tokens.get(start));
    }

    /** Finds the beginnings in one pass, because a statement can contain a chain of fifty thousand names. */
    private static int[] starts(List<Token> tokens) {
        var starts = new int[tokens.size()];
        var ofExpression = new boolean[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            boolean joined = i > 1 && tokens.get(i - 1).is('.');
            ofExpression[i] = joined && (!tokens.get(i - 2).isName() || ofExpression[i - 2]);
            starts[i] = joined && !ofExpression[i] ? starts[i - 2] : i;
        }
        return starts;
    }

    /** Whether a type is possible here: after {@code ::}, another name, AS or RETURNING, or before a constant. */
    private boolean canBeType(int i) {
        if (i + 1 < tokens.size() && tokens.get(i + 1).kind() == Token.Kind.STRING) {
            return true;
        }
        int start = starts[i];
        if (start == 0 || follows(start, "::")) {
            return start > 0;
        }
        var before = tokens.get(start - 1);
        return before.kind() == Token.Kind.QUOTED
                || (before.kind() == Token.Kind.WORD
                        && !Keywords.JOINING.contains(before.value())
                        && (!isReserved(before) || Keywords.BEFORE_TYPE.contains(before.value())));
    }

    private boolean isLabel(int i) {
        return i > 0 && tokens.get(i - 1).is("AS");
    }

    private boolean follows(int i, String symbol) {
        return i > 0
                && tokens.get(i - 1).kind() == Token.Kind.PUNCTUATION
                && tokens.get(i - 1).value().equals(symbol);
    }

    private void add(Set<String> names, int i) {
        IdentifierFolding.addTo(names, tokens.get(i));
    }

    private static boolean isReserved(Token token) {
        return token.kind() == Token.Kind.WORD && Keywords.RESERVED.contains(token.value());
    }

    /** Whether a star means all columns. In {@code OPERATOR(s.*)} it multiplies, so with OPERATOR no star does. */
    private boolean standsForColumns(int i) {
        if (i == 0 || namesOperators) {
            return i == 0;
        }
        var before = tokens.get(i - 1);
        return before.is('(')
                || before.is(',')
                || before.is('.')
                || (before.kind() == Token.Kind.WORD
                        && Keywords.BEFORE_STAR.contains(before.value())
                        && !follows(i - 1, "."));
    }
}
