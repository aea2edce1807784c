package io.breakwater.adapter.postgres.sql;

import java.util.regex.Pattern;

/** A constant of a statement that may be a jsonpath, as it is written there. */
final class JsonPathText {
    /** Characters of a constant that can repeat little, however it is escaped. */
    private static final int SHORT = 12;

    private static final int MOST_REPEATS = 4;
    private static final Pattern PLAIN = Pattern.compile("[nN]?'(.*)'", Pattern.DOTALL);
    private static final Pattern DOLLARS = Pattern.compile("(\\$[^$]*\\$)(.*)\\1", Pattern.DOTALL);
    private static final Pattern TWICE = Pattern.compile("\\*\\*|keyvalue", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("\\s*(?:-?[.0-9]|\"|(?:true|false|null)\\b)");

    private final String written;
    private final String text;
    private final boolean known;

    JsonPathText(String written) {
        this.written = written;
        var plain = PLAIN.matcher(written);
        var dollars = DOLLARS.matcher(written);
        if (plain.matches()) {
            this.text = plain.group(1).replace("''", "");
            this.known = text.indexOf('\'') < 0;
        } else {
            this.known = dollars.matches();
            this.text = known ? dollars.group(2) : written;
        }
    }

    /** No path begins like a document. */
    boolean isPossible() {
        var begin = text.stripLeading();
        return !known || !(begin.startsWith("[") || begin.startsWith("{"));
    }

    /**
     * Whether it may have more results than its document has parts: {@code [0,0]}, {@code .**}, {@code .keyvalue()}.
     */
    boolean multiplies() {
        if (!known) {
            return written.length() > SHORT;
        }
        if (text.contains("\\u") || text.contains("\\x")) {
            return true;
        }
        long lists = text.chars().filter(c -> c == ',').count();
        long twice = TWICE.matcher(text.replace("\\", "")).results().count();
        return (isPath() ? lists : 0) + 2 * twice > MOST_REPEATS;
    }

    /** Other constants have commas, too: a path with subscripts has brackets. */
    private boolean isPath() {
        return text.indexOf('[') >= 0;
    }

    /** Whether it compares anything with what is not a constant. */
    boolean compares() {
        if (!known || text.contains("/*")) {
            return written.length() > SHORT;
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
