package io.breakwater.adapter.postgres.sql;

import io.breakwater.adapter.postgres.sql.Brackets.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the calls of a statement whose work is the product of the lengths of two values that may be long. */
final class UnboundedCallFinder {
    private final List<Token> tokens;
    private final Brackets brackets;
    private final ShortConstants constants;
    private final UnboundedTypes types;
    private final BitSet constantEnds = new BitSet();
    private final Set<String> names = new HashSet<>();

    private UnboundedCallFinder(List<Token> tokens, Brackets brackets, UnboundedTypes types, boolean shortParameters) {
        this.tokens = tokens;
        this.brackets = brackets;
        this.types = types;
        this.constants = new ShortConstants(tokens, shortParameters);
    }

    static UnboundedCalls callsIn(String source, List<Token> tokens) {
        var brackets = new Brackets(tokens);
        var types = new UnboundedTypes(tokens, brackets);
        var paths = new JsonPaths(source, tokens, brackets);
        var all = new UnboundedCallFinder(tokens, brackets, types, false).find();
        var some = all.isEmpty() ? all : new UnboundedCallFinder(tokens, brackets, types, true).find();
        if (paths.mayCompare()) {
            all.add(JsonPaths.NAME);
            some.add(JsonPaths.NAME);
        }
        return new UnboundedCalls(LongValues.areMadeIn(tokens, brackets), some, all, always(tokens, types, paths));
    }

    private static Set<String> always(List<Token> tokens, UnboundedTypes types, JsonPaths paths) {
        var always = types.always();
        if (paths.mayMultiply()) {
            always.add(JsonPaths.NAME);
        }
        if (LongNumbers.areMultipliedIn(tokens)) {
            always.add("*");
        }
        return always;
    }

    private Set<String> find() {
        for (int i = 0; i < tokens.size(); i++) {
            findConstant(i);
            if (isCall(i)) {
                findCall(i);
            }
            findOperator(i);
            findConversion(i);
        }
        return names;
    }

    /** Records the end of a short constant, unless the constant is the end of a longer operand. */
    private void findConstant(int i) {
        if (i == 0 || !(bindsTighter(tokens.get(i - 1)) || isDot(i - 1))) {
            int end = constants.after(i);
            if (end > i) {
                constantEnds.set(end);
            }
        }
    }

    private void findCall(int i) {
        var name = tokens.get(i).value();
        if (name.equals("trim") && !isQuoted(i)) {
            findTrim(i + 1);
        } else {
            var bound = UnboundedFunctions.bound(name);
            var arguments = bound.isEmpty() ? List.<Part>of() : brackets.parts(i + 1, UnboundedCallFinder::separates);
            if (bound.isPresent()
                    && !bound.get()
                            .holds(arguments.stream().map(this::isConstant).toList())) {
                names.add(name);
            }
        }
    }

    private static boolean separates(Token token) {
        return token.is(',') || token.is("IN");
    }

    /** Checks {@code trim([BOTH] [characters] FROM text)} and {@code trim(text, characters)}. */
    private void findTrim(int open) {
        var sides = brackets.parts(open, token -> token.is("FROM"));
        var arguments = brackets.parts(open, token -> token.is(','));
        var characters = new ArrayList<Part>();
        if (sides.size() > 1) {
            var first = sides.getFirst();
            boolean where = !first.isEmpty()
                    && UnboundedFunctions.SIDES.contains(
                            tokens.get(first.from()).value());
            characters.add(where ? new Part(first.from() + 1, first.end()) : first);
        }
        characters.addAll(arguments.subList(1, arguments.size()));
        if (!characters.stream().allMatch(part -> part.isEmpty() || isConstant(part))) {
            names.add("btrim");
        }
    }

    private boolean isConstant(Part part) {
        return !part.isEmpty() && constants.after(part.from()) == part.end();
    }

    private void findOperator(int i) {
        var operator = UnboundedFunctions.operator(tokens.get(i));
        if (operator.isEmpty() || (tokens.get(i).kind() == Token.Kind.WORD && !isOperatorWord(i))) {
            return;
        }
        boolean left = UnboundedFunctions.BOUNDED_FROM_LEFT.contains(operator.get()) && constantEnds.get(i);
        if (!left && !isConstantOnTheRight(i + 1)) {
            names.add(operator.get());
        }
    }

    /** Whether a key word is an operator: LIKE is one unless it follows a dot; NORMALIZED may be a column. */
    private boolean isOperatorWord(int i) {
        return i > 0
                && (tokens.get(i).is("NORMALIZED")
                        ? UnboundedFunctions.BEFORE_NORMALIZED.contains(
                                tokens.get(i - 1).value())
                        : !isDot(i - 1));
    }

    private boolean isConstantOnTheRight(int from) {
        int start = from;
        if (start < tokens.size()
                && UnboundedFunctions.QUANTIFIERS.contains(tokens.get(start).value())) {
            start++;
        }
        int end = constants.after(start);
        return end >= 0 && (end == tokens.size() || !bindsTighter(tokens.get(end)));
    }

    private static boolean bindsTighter(Token token) {
        return token.kind() == Token.Kind.OPERATOR && !Keywords.COMPARISONS.contains(token.value());
    }

    /** Checks {@code x::xml}, and {@code (x).normalize}, which calls the function. */
    private void findConversion(int i) {
        var input = types.input(i, constants, constantEnds.get(i + 1));
        if (!input.isEmpty()) {
            names.add(input);
        }
        var name = tokens.get(i).value();
        if (UnboundedFunctions.FIELDS.contains(name)
                && isDot(i - 1)
                && !isCall(i)
                && tokens.get(i).isName()) {
            names.add(name);
        }
    }

    /** Whether a name is a call, and not LIKE or the name of a common table expression or an alias with its columns. */
    private boolean isCall(int i) {
        boolean word = tokens.get(i).is("LIKE") && !isDot(i - 1);
        if (word
                || !tokens.get(i).isName()
                || i + 1 >= tokens.size()
                || !tokens.get(i + 1).is('(')) {
            return false;
        }
        int after = brackets.closing(i + 1) + 1;
        boolean defined = after + 1 < tokens.size()
                && tokens.get(after).is("AS")
                && (tokens.get(after + 1).is('(')
                        || tokens.get(after + 1).is("MATERIALIZED")
                        || tokens.get(after + 1).is("NOT"));
        return !defined && !(i > 0 && tokens.get(i - 1).is("AS"));
    }

    private boolean isQuoted(int i) {
        return tokens.get(i).kind() == Token.Kind.QUOTED;
    }

    private boolean isDot(int i) {
        return i >= 0 && isPunctuation(i, ".");
    }

    private boolean isPunctuation(int i, String symbol) {
        return tokens.get(i).kind() == Token.Kind.PUNCTUATION
                && tokens.get(i).value().equals(symbol);
    }
}
