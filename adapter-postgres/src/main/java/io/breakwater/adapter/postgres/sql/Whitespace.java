package io.breakwater.adapter.postgres.sql;

/** Skips white space and comments. */
final class Whitespace {
    /**
     * The maximum depth of nested comments. The server's scanner needs quadratic time for them and cannot be
     * interrupted: a quarter of a million of them keep a processor busy for minutes.
     */
    private static final int MAX_COMMENT_DEPTH = 100;

    private Whitespace() {}

    /** Returns the index at which the next token begins, or the end of the text. */
    static int after(String text, int from) {
        int at = from;
        while (at < text.length()) {
            if (ScannerCharacters.isBlank(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                at = lineEnd(text, at);
            } else if (text.startsWith("/*", at)) {
                at = afterBlock(text, at);
            } else {
                return at;
            }
        }
        return at;
    }

    /**
     * Returns the next quote of a constant that continues on a later line, or -1. Only white space and comments of two
     * dashes, with at least one line break, may be between the parts.
     */
    static int continuation(String text, int from) {
        int at = from;
        boolean line = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (ScannerCharacters.isBlank(c)) {
                line |= isLineEnd(c);
                at++;
            } else if (text.startsWith("--", at)) {
                at = lineEnd(text, at);
                if (at == text.length()) {
                    return -1;
                }
            } else {
                return line && c == '\'' ? at : -1;
            }
        }
        return -1;
    }

    private static int lineEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isLineEnd(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int afterBlock(String text, int from) {
        int depth = 1;
        int at = from + 2;
        while (at < text.length()) {
            if (text.startsWith("/*", at)) {
                if (++depth > MAX_COMMENT_DEPTH) {
                    throw SyntaxRefusals.at(text, at, "Comments can be nested at most " + MAX_COMMENT_DEPTH + " deep");
                }
                at += 2;
            } else if (text.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        throw SyntaxRefusals.at(text, from, "A comment is not closed");
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
