package io.breakwater.adapter.postgres.sql;

import static io.breakwater.adapter.postgres.sql.Token.Kind.NUMBER;
import static io.breakwater.adapter.postgres.sql.Token.Kind.PARAMETER;
import static io.breakwater.adapter.postgres.sql.Token.Kind.STRING;
import static io.breakwater.adapter.postgres.sql.Token.Kind.WORD;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds short constants: their longest possible value is about as long as their text. */
final class ShortConstants {
    /** The maximum length of the text of a short constant. */
    static final int MAX_LENGTH = 250;

    private static final int NONE = -1;
    private static final int MAX_DEPTH = 4;
    private static final Set<String> VALUES = Set.of("null", "true", "false");

    /** Functions whose result is about as long as their arguments. */
    private static final Set<String> CALLS = Set.of(
            "btrim",
            "concat",
            "concat_ws",
            "initcap",
            "jsonb_build_object",
            "lower",
            "string_to_array",
            "trim",
            "upper",
            "to_tsquery",
            "plainto_tsquery",
            "phraseto_tsquery",
            "websearch_to_tsquery");

    private final List<Token> tokens;
    private final boolean parameters;

    /** Creates a finder; {@code parameters} says whether parameters count as short constants. */
    ShortConstants(List<Token> tokens, boolean parameters) {
        this.tokens = tokens;
        this.parameters = parameters;
    }

    /** Returns the index after the short constant that begins at this index, or -1 when there is none. */
    int after(int from) {
        int end = endOfConcatenation(from, 0);
        return end == NONE || length(from, end) > MAX_LENGTH ? NONE : end;
    }

    private int length(int from, int end) {
        return tokens.get(end - 1).end() - tokens.get(from).start();
    }

    /** Returns the end of concatenated constants. */
    private int endOfConcatenation(int from, int depth) {
        int end = endOfConversion(from, depth);
        while (end != NONE && isOperator(end, "||") && length(from, end) <= MAX_LENGTH) {
            int next = endOfConversion(end + 1, depth + 1);
            if (next == NONE) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** Returns the end of a constant with at most one cast: two casts can make a long text from a short number. */
    private int endOfConversion(int from, int depth) {
        int end = endOfSingle(from, depth);
        if (end == NONE || !isPunctuation(end, "::")) {
            return end;
        }
        if (tokens.get(end - 1).kind() == STRING && end - from > 1) {
            return NONE;
        }
        int type = end + 1;
        while (type + 2 < tokens.size() && tokens.get(type).isName() && isPunctuation(type + 1, ".")) {
            type += 2;
        }
        if (type >= tokens.size() || !tokens.get(type).isName()) {
            return NONE;
        }
        int after = afterBrackets(type + 1);
        return isPunctuation(after, "(") || isPunctuation(after, "::") ? NONE : after;
    }

    private int afterBrackets(int from) {
        int at = from;
        while (isPunctuation(at, "[") && isPunctuation(at + 1, "]")) {
            at += 2;
        }
        return at;
    }

    private int endOfSingle(int from, int depth) {
        if (from >= tokens.size() || depth > MAX_DEPTH) {
            return NONE;
        }
        var token = tokens.get(from);
        if (isPlain(from)) {
            return from + 1;
        }
        if (token.is('(')) {
            int inside = endOfConcatenation(from + 1, depth + 1);
            return inside != NONE && isPunctuation(inside, ")") ? inside + 1 : NONE;
        }
        if (token.is("ARRAY") && isPunctuation(from + 1, "[")) {
            return endOfElements(from + 1);
        }
        if (token.isName() && CALLS.contains(token.value()) && isPunctuation(from + 1, "(")) {
            return endOfCall(from + 1, depth);
        }
        boolean typed = token.isName()
                && from + 1 < tokens.size()
                && tokens.get(from + 1).kind() == STRING;
        return typed ? from + 2 : NONE;
    }

    /** Returns the end of a call whose arguments are constants. */
    private int endOfCall(int open, int depth) {
        int end = endOfConcatenation(open + 1, depth + 1);
        while (end != NONE && isPunctuation(end, ",") && length(open, end) <= MAX_LENGTH) {
            end = endOfConcatenation(end + 1, depth + 1);
        }
        return end != NONE && isPunctuation(end, ")") ? end + 1 : NONE;
    }

    private boolean isPlain(int at) {
        return at < tokens.size() && isPlain(tokens.get(at));
    }

    private boolean isPlain(Token token) {
        return token.kind() == STRING
                || (token.kind() == PARAMETER && parameters)
                || (token.kind() == NUMBER
                        && !token.value().toLowerCase(Locale.ROOT).contains("e"))
                || (token.kind() == WORD && VALUES.contains(token.value()));
    }

    /** Returns the end of the brackets that open here, if they contain only constants. */
    private int endOfElements(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size() && length(open, i + 1) <= MAX_LENGTH; i++) {
            if (isPunctuation(i, "[")) {
                depth++;
            } else if (isPunctuation(i, "]")) {
                if (--depth == 0) {
                    return i + 1;
                }
            } else if (!isElement(tokens.get(i))) {
                return NONE;
            }
        }
        return NONE;
    }

    /** Whether a token is part of an array of constants; the length of its elements does not matter. */
    private boolean isElement(Token token) {
        return isPlain(token) || token.kind() == PARAMETER || token.is(',') || token.is("ARRAY");
    }

    private boolean isPunctuation(int at, String symbol) {
        return at >= 0
                && at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.PUNCTUATION
                && tokens.get(at).value().equals(symbol);
    }

    private boolean isOperator(int at, String operator) {
        return at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.OPERATOR
                && tokens.get(at).value().equals(operator);
    }
}
