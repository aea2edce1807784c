package io.breakwater.adapter.postgres.sql;

import java.util.regex.Pattern;

/** A constant of a statement, in its source form, that may be a jsonpath. */
final class JsonPathText {
    /** The maximum length of a constant that is too short for many repetitions, regardless of its escapes. */
    private static final int MAX_SHORT_LENGTH = 12;

    private static final int MAX_REPEATS = 4;
    private static final Pattern PLAIN = Pattern.compile("[nN]?'(.*)'", Pattern.DOTALL);
    private static final Pattern DOLLARS = Pattern.compile("(\\$[^$]*\\$)(.*)\\1", Pattern.DOTALL);
    private static final Pattern REPEATING = Pattern.compile("\\*\\*|keyvalue", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("\\s*(?:-?[.0-9]|\"|(?:true|false|null)\\b)");

    private final String source;
    private final String text;
    private final boolean known;

    JsonPathText(String source) {
        this.source = source;
        var plain = PLAIN.matcher(source);
        var dollars = DOLLARS.matcher(source);
        if (plain.matches()) {
            this.text = plain.group(1).replace("''", "");
            this.known = text.indexOf('\'') < 0;
        } else {
            this.known = dollars.matches();
            this.text = known ? dollars.group(2) : source;
        }
    }

    /** Whether the constant may be a path: no path begins like a JSON document. */
    boolean mayBePath() {
        var begin = text.stripLeading();
        return !known || !(begin.startsWith("[") || begin.startsWith("{"));
    }

    /**
     * Whether the path may have more results than its document has parts: {@code [0,0]}, {@code .**},
     * {@code .keyvalue()}.
     */
    boolean mayMultiplyResults() {
        if (!known) {
            return source.length() > MAX_SHORT_LENGTH;
        }
        if (text.contains("\\u") || text.contains("\\x")) {
            return true;
        }
        long lists = text.chars().filter(c -> c == ',').count();
        long twice = REPEATING.matcher(text.replace("\\", "")).results().count();
        return (isPath() ? lists : 0) + 2 * twice > MAX_REPEATS;
    }

    /** Whether the constant has subscripts, and so brackets; commas alone occur in other constants too. */
    private boolean isPath() {
        return text.indexOf('[') >= 0;
    }

    /** Whether the path compares a value with an expression that is not a constant. */
    boolean compares() {
        if (!known || text.contains("/*")) {
            return source.length() > MAX_SHORT_LENGTH;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                i = afterString(i);
            } else if (c == '\\') {
                i++;
            } else if (isComparison(c)) {
                i = afterComparison(i);
                if (!LITERAL.matcher(text).region(i, text.length()).lookingAt()) {
                    return true;
                }
                i--;
            }
        }
        return false;
    }

    private int afterString(int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private int afterComparison(int from) {
        int at = from;
        while (at < text.length() && isComparison(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isComparison(char c) {
        return c == '=' || c == '<' || c == '>';
    }
}
