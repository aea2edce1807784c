package io.breakwater.adapter.postgres.sql;

import static io.breakwater.adapter.postgres.sql.Token.Kind.NUMBER;
import static io.breakwater.adapter.postgres.sql.Token.Kind.PARAMETER;
import static io.breakwater.adapter.postgres.sql.Token.Kind.STRING;
import static io.breakwater.adapter.postgres.sql.Token.Kind.WORD;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds short constants among tokens: the longest value that they can mean is about as long as their text. */
final class ShortConstants {
    /** Characters of text that a short constant has at most. */
    static final int LONGEST = 250;

    private static final int NONE = -1;
    private static final int DEEPEST = 4;
    private static final Set<String> VALUES = Set.of("null", "true", "false");

    /** Functions whose value is about as long as their arguments. */
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

    /** Parameters count as short constants where the caller says so. */
    ShortConstants(List<Token> tokens, boolean parameters) {
        this.tokens = tokens;
        this.parameters = parameters;
    }

    /** Where it goes on after the short constant that begins at that index, or -1 when none does. */
    int after(int from) {
        int end = chain(from, 0);
        return end == NONE || length(from, end) > LONGEST ? NONE : end;
    }

    private int length(int from, int end) {
        return tokens.get(end - 1).end() - tokens.get(from).start();
    }

    /** Constants joined to one. */
    private int chain(int from, int depth) {
        int end = converted(from, depth);
        while (end != NONE && isOperator(end, "||") && length(from, end) <= LONGEST) {
            int next = converted(end + 1, depth + 1);
            if (next == NONE) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** One that may be converted, but only once: two conversions make a long text of a short number. */
    private int converted(int from, int depth) {
        int end = single(from, depth);
        if (end == NONE || !isMark(end, "::")) {
            return end;
        }
        if (tokens.get(end - 1).kind() == STRING && end - from > 1) {
            return NONE;
        }
        int type = end + 1;
        while (type + 2 < tokens.size() && tokens.get(type).isName() && isMark(type + 1, ".")) {
            type += 2;
        }
        if (type >= tokens.size() || !tokens.get(type).isName()) {
            return NONE;
        }
        int after = afterBrackets(type + 1);
        return isMark(after, "(") || isMark(after, "::") ? NONE : after;
    }

    private int afterBrackets(int from) {
        int at = from;
        while (isMark(at, "[") && isMark(at + 1, "]")) {
            at += 2;
        }
        return at;
    }

    private int single(int from, int depth) {
        if (from >= tokens.size() || depth > DEEPEST) {
            return NONE;
        }
        var token = tokens.get(from);
        if (isPlain(from)) {
            return from + 1;
        }
        if (token.is('(')) {
            int inside = chain(from + 1, depth + 1);
            return inside != NONE && isMark(inside, ")") ? inside + 1 : NONE;
        }
        if (token.is("ARRAY") && isMark(from + 1, "[")) {
            return elements(from + 1);
        }
        if (token.isName() && CALLS.contains(token.value()) && isMark(from + 1, "(")) {
            return call(from + 1, depth);
        }
        boolean typed = token.isName()
                && from + 1 < tokens.size()
                && tokens.get(from + 1).kind() == STRING;
        return typed ? from + 2 : NONE;
    }

    /** After a call whose arguments are constants. */
    private int call(int open, int depth) {
        int end = chain(open + 1, depth + 1);
        while (end != NONE && isMark(end, ",") && length(open, end) <= LONGEST) {
            end = chain(end + 1, depth + 1);
        }
        return end != NONE && isMark(end, ")") ? end + 1 : NONE;
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

    /** After the brackets that open there, if nothing but constants is in them. */
    private int elements(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size() && length(open, i + 1) <= LONGEST; i++) {
            if (isMark(i, "[")) {
                depth++;
            } else if (isMark(i, "]")) {
                if (--depth == 0) {
                    return i + 1;
                }
            } else if (!isElement(tokens.get(i))) {
                return NONE;
            }
        }
        return NONE;
    }

    /** How long an element is makes no difference to how many there are. */
    private boolean isElement(Token token) {
        return isPlain(token) || token.kind() == PARAMETER || token.is(',') || token.is("ARRAY");
    }

    private boolean isMark(int at, String mark) {
        return at >= 0
                && at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.MARK
                && tokens.get(at).value().equals(mark);
    }

    private boolean isOperator(int at, String operator) {
        return at < tokens.size()
                && tokens.get(at).kind() == Token.Kind.OPERATOR
                && tokens.get(at).value().equals(operator);
    }
}
