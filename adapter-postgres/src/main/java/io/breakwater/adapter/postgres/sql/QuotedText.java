package io.breakwater.adapter.postgres.sql;

/**
 * Reads quoted tokens: {@code '…'}, {@code E'…'}, {@code U&'…'}, {@code B'…'}, {@code X'…'}, {@code $tag$…$tag$},
 * {@code "…"}, {@code U&"…"}. A {@code UESCAPE '!'} belongs to the token before it, so that the next token after a name
 * follows it directly. The {@code N} of {@code N'…'} is a separate word.
 */
final class QuotedText {
    /** The maximum length of a constant whose text is stored; the code that uses tokens does not need longer ones. */
    private static final int MAX_STORED_LENGTH = 66;

    private final String text;

    QuotedText(String text) {
        this.text = text;
    }

    /** Whether a quoted token begins here. The index must be the start of a token. */
    boolean beginsAt(int at) {
        return quoteAfterPrefix(at) >= 0 || !dollarDelimiter(at).isEmpty();
    }

    /** Reads the token that begins here. */
    Token read(int at) {
        var delimiter = dollarDelimiter(at);
        if (!delimiter.isEmpty()) {
            return dollarQuoted(at, delimiter);
        }
        int quote = quoteAfterPrefix(at);
        if (text.charAt(quote) == '"') {
            return identifier(at, quote);
        }
        int end = endOfString(at, quote);
        return new Token(Token.Kind.STRING, at, end, end - at <= MAX_STORED_LENGTH ? text.substring(at, end) : "");
    }

    private int quoteAfterPrefix(int at) {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return at;
        }
        if (charAt(at + 1) == '\'' && "bBxXeE".indexOf(first) >= 0) {
            return at + 1;
        }
        boolean unicode = (first == 'u' || first == 'U') && charAt(at + 1) == '&';
        return unicode && (charAt(at + 2) == '\'' || charAt(at + 2) == '"') ? at + 2 : -1;
    }

    /** Finds the end of a string. In {@code B'…'} and {@code X'…'}, two quotes are not an escape but two constants. */
    private int endOfString(int start, int quote) {
        boolean escapes = quote > start && "eE".indexOf(text.charAt(start)) >= 0;
        boolean bits = quote > start && "bBxX".indexOf(text.charAt(start)) >= 0;
        int at = quote + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && escapes) {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (charAt(at + 1) == '\'' && !bits) {
                at += 2;
            } else {
                int next = Whitespace.continuation(text, at + 1);
                if (next < 0) {
                    return at + 1;
                }
                at = next + 1;
            }
        }
        throw SyntaxRefusals.at(text, start, "A constant in quotes is not closed");
    }

    private String dollarDelimiter(int at) {
        if (text.charAt(at) != '$') {
            return "";
        }
        int end = at + 1;
        while (end < text.length() && ScannerCharacters.continuesName(text.charAt(end)) && text.charAt(end) != '$') {
            end++;
        }
        boolean tag = end == at + 1 || ScannerCharacters.startsName(text.charAt(at + 1));
        return tag && charAt(end) == '$' ? text.substring(at, end + 1) : "";
    }

    private Token dollarQuoted(int at, String delimiter) {
        int close = text.indexOf(delimiter, at + delimiter.length());
        if (close < 0) {
            throw SyntaxRefusals.at(text, at, "A constant in dollar quotes is not closed");
        }
        return new Token(Token.Kind.STRING, at, close + delimiter.length(), "");
    }

    private Token identifier(int at, int quote) {
        int end = quote + 1;
        while (charAt(end) != '"' || charAt(end + 1) == '"') {
            if (end >= text.length()) {
                throw SyntaxRefusals.at(text, at, "A name in quotes is not closed");
            }
            end += charAt(end) == '"' ? 2 : 1;
        }
        if (end == quote + 1) {
            throw SyntaxRefusals.at(text, at, "A name in quotes is empty");
        }
        var inside = text.substring(quote + 1, end).replace("\"\"", "\"");
        if (quote == at) {
            return name(at, end + 1, inside);
        }
        var unicode = new UnicodeName(text, end + 1);
        return name(at, unicode.end(), unicode.decode(inside));
    }

    private Token name(int at, int end, String name) {
        if (ScannerCharacters.isTooLong(name)) {
            throw SyntaxRefusals.at(text, at, Lexer.LONG_NAME);
        }
        return new Token(Token.Kind.QUOTED, at, end, ScannerCharacters.truncate(name));
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }
}
