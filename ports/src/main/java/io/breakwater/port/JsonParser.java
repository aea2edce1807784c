package io.breakwater.port;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON text strictly (RFC 8259): no comments, no trailing commas, no duplicate names, no unpaired surrogates.
 * For configuration, command lines and tests; messages of clients are parsed by core within their own limits. Not
 * thread-safe.
 */
final class JsonParser {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_NUMBER_LENGTH = 1_000;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?+([eE][-+]?[0-9]{1,9})?+");

    private final String text;
    private final Matcher number;
    private int at;

    JsonParser(String text) {
        this.text = text;
        this.number = NUMBER.matcher(text);
    }

    Json document() {
        var value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw unexpected("the end of the text");
        }
        return value;
    }

    private Json value(int depth) {
        skipSpace();
        return switch (peek()) {
            case '{' -> object(nested(depth));
            case '[' -> array(nested(depth));
            case '"' -> Json.of(string());
            case 't' -> literal("true", Json.Bool.TRUE);
            case 'f' -> literal("false", Json.Bool.FALSE);
            case 'n' -> literal("null", Json.Null.NULL);
            default -> number();
        };
    }

    private int nested(int depth) {
        if (depth == MAX_DEPTH) {
            throw new JsonSyntaxException("More than " + MAX_DEPTH + " objects and arrays within each other", at);
        }
        at++;
        return depth + 1;
    }

    private Json object(int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        if (isNext('}')) {
            return Json.Obj.EMPTY;
        }
        do {
            skipSpace();
            int start = at;
            var name = string();
            expect(':');
            if (members.put(name, value(depth)) != null) {
                throw new JsonSyntaxException("The name " + JsonWriter.quoted(name) + " appears twice", start);
            }
        } while (isNext(','));
        expect('}');
        return new Json.Obj(members);
    }

    private Json array(int depth) {
        List<Json> items = new ArrayList<>();
        if (isNext(']')) {
            return new Json.Arr(items);
        }
        do {
            items.add(value(depth));
        } while (isNext(','));
        expect(']');
        return new Json.Arr(items);
    }

    private String string() {
        if (peek() != '"') {
            throw unexpected("a string");
        }
        int start = ++at;
        while (peek() >= ' ' && peek() != '"' && peek() != '\\' && !Character.isSurrogate(peek())) {
            at++;
        }
        return peek() == '"' ? text.substring(start, at++) : escaped(new StringBuilder(text.substring(start, at)));
    }

    private String escaped(StringBuilder out) {
        int start = at - out.length();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected("a closing quotation mark");
            }
            at++;
            out.append(c == '\\' ? escape() : c);
        }
        at++;
        for (int i = 0; i < out.length(); i++) {
            if (Character.isSurrogate(out.charAt(i)) && !Character.isSurrogatePair(out.charAt(i), at(out, ++i))) {
                throw new JsonSyntaxException("An unpaired surrogate in the string", start);
            }
        }
        return out.toString();
    }

    private static char at(CharSequence text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw new JsonSyntaxException("An escape that JSON does not have", at - 1);
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unexpected("a hexadecimal digit");
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Json literal(String word, Json value) {
        if (!text.startsWith(word, at)) {
            throw unexpected("a value");
        }
        at += word.length();
        return value;
    }

    private Json number() {
        if (!number.region(at, text.length()).lookingAt()) {
            throw unexpected("a value");
        }
        if (number.end() - at > MAX_NUMBER_LENGTH) {
            throw new JsonSyntaxException("A number of more than " + MAX_NUMBER_LENGTH + " characters", at);
        }
        at = number.end();
        return Json.of(new BigDecimal(number.group()));
    }

    private boolean isNext(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!isNext(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; 0 at the end, which fits nowhere. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private JsonSyntaxException unexpected(String wanted) {
        var found =
                at < text.length() ? JsonWriter.quoted(text.substring(at, text.offsetByCodePoints(at, 1))) : "the end";
        return new JsonSyntaxException("Expected " + wanted + ", but found " + found, at);
    }
}
