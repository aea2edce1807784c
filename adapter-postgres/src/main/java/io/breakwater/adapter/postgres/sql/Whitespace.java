package io.breakwater.adapter.postgres.sql;

/** White space and comments. */
final class Whitespace {
    /**
     * How deep comments may lie in each other. The server takes quadratic time for them, in its scanner, which no time
     * limit interrupts: a quarter of a million of them keep one of its processors busy for minutes.
     */
    private static final int DEEPEST_COMMENT = 100;

    private Whitespace() {}

    /** Where the next token begins, or the end of the text. */
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
     * Where a constant in quotes goes on, when one that ends here is continued on a later line: its next quote, or -1.
     * Only white space and comments of two dashes may lie between, with a line's end among them.
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
                if (++depth > DEEPEST_COMMENT) {
                    throw SyntaxRefusals.at(
                            text, at, "Comments lie at most " + DEEPEST_COMMENT + " deep in each other");
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
