package io.breakwater.adapter.postgres.sql;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.NamedStatement.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The named parameters of a statement: colons with a name directly after them. The scanner of the server knows single
 * colons only as separators, of the bounds of a slice and of a key and its value in {@code JSON_OBJECT}. Where a
 * separator is possible, a colon directly before a name is refused, because its author may mean either.
 */
final class NamedParameters {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The functions whose arguments may be pairs with a colon. */
    private static final Set<String> PAIRED = Set.of("json_object", "json_objectagg");

    /** Words after which an expression begins, so that a colon after them separates nothing. */
    private static final Set<String> BEFORE_EXPRESSION = Set.of("and", "case", "else", "not", "or", "then", "when");

    private static final int MAX_NAMES = 65_535;

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Deque<Enclosing> enclosing = new ArrayDeque<>();

    private NamedParameters(String text) {
        this.text = text;
    }

    /** Finds the parameters of a statement. */
    static NamedParameters of(String text, List<Token> tokens) {
        var parameters = new NamedParameters(text);
        int at = 0;
        while (at < tokens.size()) {
            boolean pair = parameters.isParameter(tokens, at);
            parameters.add(tokens, at, pair);
            at += pair ? 2 : 1;
        }
        return parameters;
    }

    /** The tokens of the statement with numbered parameters in place of the names. */
    List<Token> tokens() {
        return tokens;
    }

    /** The uses of parameters, in the order of the text. */
    List<Reference> references() {
        return references;
    }

    private void add(List<Token> source, int at, boolean parameter) {
        var token = source.get(at);
        if (parameter) {
            addReference(token, source.get(at + 1));
            return;
        }
        if (token.kind() == Token.Kind.PARAMETER) {
            throw refused(
                    token,
                    "Name each parameter, for example :id; numbered parameters like " + token.value()
                            + " are not allowed here");
        }
        if (token.is('(') || token.is('[')) {
            enclosing.push(opened(token));
        } else if ((token.is(')') || token.is(']')) && !enclosing.isEmpty()) {
            enclosing.pop();
        }
        tokens.add(token);
    }

    private void addReference(Token colon, Token word) {
        var name = text.substring(word.start(), word.end());
        int number = numbers.computeIfAbsent(name, unknown -> numbers.size() + 1);
        if (number > MAX_NAMES) {
            throw refused(colon, "A statement can have at most " + MAX_NAMES + " parameters");
        }
        references.add(new Reference(name, colon.start()));
        tokens.add(new Token(Token.Kind.PARAMETER, colon.start(), word.end(), "$" + number));
    }

    /** Whether a parameter begins here. Refuses a colon that is neither the beginning of one nor a separator. */
    private boolean isParameter(List<Token> source, int at) {
        var colon = source.get(at);
        if (!colon.is(':')) {
            return false;
        }
        var next = at + 1 < source.size() ? source.get(at + 1) : colon;
        boolean adjacent = next.start() == colon.end();
        boolean named = adjacent
                && next.kind() == Token.Kind.WORD
                && NAME.matcher(text.substring(next.start(), next.end())).matches();
        if (named) {
            requireUnambiguous(colon, text.substring(next.start(), next.end()));
            return true;
        }
        if (!isSeparatorPossible()) {
            throw refused(
                    colon,
                    adjacent
                            ? misspelled(next)
                            : "Write the name of a parameter directly after its colon, for example :id");
        }
        return false;
    }

    private static String misspelled(Token next) {
        return switch (next.kind()) {
            case WORD -> "The name of a parameter can contain only ASCII letters, digits and underscores";
            case STRING, QUOTED ->
                "Write a parameter without quotes, for example :id; its value is bound and needs none";
            default -> "The name of a parameter must begin with a letter or an underscore, for example :id";
        };
    }

    private void requireUnambiguous(Token colon, String name) {
        if (isSeparatorPossible() && mayFollowExpression()) {
            throw refused(
                    colon,
                    inside() == Enclosing.SUBSCRIPT
                            ? "In the brackets of an array, a colon before a name can separate the bounds of a slice or begin a"
                                    + " parameter: write \": " + name + "\" for the bound, or \"(:" + name
                                    + ")\" for the parameter"
                            : "In JSON_OBJECT, a colon before a name can separate a key from its value or begin a parameter:"
                                    + " write \": " + name + "\" for the value, or \"(:" + name
                                    + ")\" for the parameter");
        }
        if (colon.start() > 0 && ScannerCharacters.continuesName(text.charAt(colon.start() - 1))) {
            throw refused(colon, "A space is missing before the parameter :" + name);
        }
    }

    private boolean isSeparatorPossible() {
        return inside() == Enclosing.SUBSCRIPT || inside() == Enclosing.JSON_PAIRS;
    }

    private Enclosing inside() {
        return enclosing.isEmpty() ? Enclosing.OTHER : enclosing.getFirst();
    }

    /** Whether the last token may end an expression, or begins a slice without a lower bound. */
    private boolean mayFollowExpression() {
        var last = tokens.getLast();
        return switch (last.kind()) {
            case WORD -> !BEFORE_EXPRESSION.contains(last.value()) && !isValueKeyword();
            case QUOTED, STRING, NUMBER, PARAMETER -> true;
            case OPERATOR -> false;
            case PUNCTUATION -> last.is(')') || last.is(']') || last.is('[');
        };
    }

    /** Whether the last token is the key word of {@code key VALUE value}. */
    private boolean isValueKeyword() {
        return inside() == Enclosing.JSON_PAIRS
                && tokens.getLast().is("VALUE")
                && !last(1).is('(')
                && !last(1).is(',')
                && last(1).kind() != Token.Kind.OPERATOR;
    }

    private Enclosing opened(Token bracket) {
        if (tokens.isEmpty()) {
            return Enclosing.OTHER;
        }
        var before = tokens.getLast();
        boolean keyword = before.kind() == Token.Kind.WORD && (tokens.size() == 1 || !last(1).is('.'));
        if (bracket.is('(')) {
            return keyword && PAIRED.contains(before.value()) ? Enclosing.JSON_PAIRS : Enclosing.OTHER;
        }
        boolean nested = inside() == Enclosing.ARRAY && (before.is('[') || before.is(','));
        return nested || (keyword && before.is("ARRAY")) ? Enclosing.ARRAY : Enclosing.SUBSCRIPT;
    }

    /** Returns a token before the last one. */
    private Token last(int back) {
        return tokens.get(tokens.size() - 1 - back);
    }

    private PortException refused(Token token, String sentence) {
        return SyntaxRefusals.at(text, token.start(), sentence);
    }

    /** The bracket or parenthesis around a token. */
    private enum Enclosing {
        /** {@code value[…]}. */
        SUBSCRIPT,
        /** {@code ARRAY[…]}, and the brackets directly inside. */
        ARRAY,
        /** {@code JSON_OBJECT(…)}. */
        JSON_PAIRS,
        OTHER
    }
}
