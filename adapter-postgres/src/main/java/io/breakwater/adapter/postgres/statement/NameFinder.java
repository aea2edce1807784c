package io.breakwater.adapter.postgres.statement;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Collects the names of a statement that could run something. */
final class NameFinder {
    /** Words that can name nothing unless they are quoted or follow a dot, in every version. */
    private static final Set<String> RESERVED = Set.of(("all analyse analyze and any array as asc asymmetric both case"
                    + " cast check collate column constraint create current_catalog current_date current_role current_time"
                    + " current_timestamp current_user default deferrable desc distinct do else end except false fetch for"
                    + " foreign from grant group having in initially intersect into lateral leading limit localtime"
                    + " localtimestamp not null offset on only or order placing primary references returning select"
                    + " session_user some symmetric table then to trailing true union unique user using variadic when"
                    + " where window with")
            .split(" "));

    /** After these a star stands for columns; after anything else it multiplies. */
    private static final Set<String> BEFORE_STAR = Set.of("select", "distinct", "all", "returning");

    /** What is compared without an operator being written: IN, CASE x WHEN, BETWEEN, USING, DISTINCT FROM, ORDER BY. */
    private static final Set<String> ALWAYS = Set.of("=", "<>", "<", "<=", ">", ">=");

    private static final Map<String, Set<String>> SPELT_OUT = Map.of(
            "like", Set.of("~~", "!~~"),
            "ilike", Set.of("~~*", "!~~*"),
            "similar", Set.of("~", "!~"));

    private final Set<String> calls = new HashSet<>();
    private final Set<String> operators = new HashSet<>(ALWAYS);
    private final Set<String> words = new HashSet<>();

    private NameFinder() {}

    static Names namesIn(List<Token> tokens) {
        var finder = new NameFinder();
        for (int i = 0; i < tokens.size(); i++) {
            finder.look(tokens, i);
        }
        return new Names(finder.calls, finder.operators, finder.words);
    }

    private void look(List<Token> tokens, int i) {
        var token = tokens.get(i);
        if (token.kind() == Token.Kind.OPERATOR && !(token.value().equals("*") && standsForColumns(tokens, i))) {
            operators.add(token.value());
        } else if (token.isName()) {
            boolean afterDot = i > 0 && tokens.get(i - 1).is('.');
            boolean reserved = token.kind() == Token.Kind.WORD && RESERVED.contains(token.value());
            if (afterDot || !reserved) {
                name(
                        token,
                        afterDot || (i + 1 < tokens.size() && tokens.get(i + 1).is('(')));
            }
            operators.addAll(
                    token.kind() == Token.Kind.WORD ? SPELT_OUT.getOrDefault(token.value(), Set.of()) : Set.of());
        }
    }

    private void name(Token token, boolean call) {
        words.add(token.value());
        words.add(token.value().toLowerCase(Locale.ROOT));
        if (call) {
            calls.add(token.value());
            calls.add(token.value().toLowerCase(Locale.ROOT));
        }
    }

    private static boolean standsForColumns(List<Token> tokens, int i) {
        if (i == 0) {
            return true;
        }
        var before = tokens.get(i - 1);
        return before.is('(')
                || before.is(',')
                || before.is('.')
                || (before.kind() == Token.Kind.WORD && BEFORE_STAR.contains(before.value()));
    }
}
