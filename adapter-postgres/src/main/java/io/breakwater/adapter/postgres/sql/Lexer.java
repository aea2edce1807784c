package io.breakwater.adapter.postgres.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens where PostgreSQL 15 to 18 cuts it, as its documentation tells under "Lexical Structure" and
 * its scanner decides in the corners, with {@code standard_conforming_strings} on. What no PostgreSQL in that range
 * reads, or not all of them read alike, is refused; so is what changes on its way to the server: NUL, and half a
 * surrogate pair.
 *
 * <p>Two habits of the server deserve a word. White space is six ASCII characters; every character above ASCII, a
 * no-break space too, is part of a name. And an operator is the longest run of operator characters, cut before a
 * comment begins in it and shortened by its trailing {@code +} and {@code -} unless it holds one of
 * {@code ~ ! @ # % ^ & | ` ?}: {@code 1=-1} compares with minus one.
 */
final class Lexer {
    static final String LONG_NAME = "A name that is not plain ASCII has at most 63 bytes";

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String LETS_SIGNS_END_IT = "~!@#^&|`?%";
    private static final String MARKS = ",()[].;:";
    private static final int LONGEST_OPERATOR = 63;
    private static final int HIGHEST_PARAMETER = 65_535;

    private final String text;
    private final QuotedText quotes;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
        this.quotes = new QuotedText(text);
    }

    /** The tokens of a text, without white space and comments. */
    static List<Token> tokens(String text) {
        ScannerCharacters.requireSendable(text);
        var lexer = new Lexer(text);
        while (lexer.skipToToken()) {
            lexer.token();
        }
        return lexer.tokens;
    }

    private boolean skipToToken() {
        at = Whitespace.after(text, at);
        return at < text.length();
    }

    private void token() {
        char first = text.charAt(at);
        if (quotes.beginsAt(at)) {
            var quoted = quotes.read(at);
            tokens.add(quoted);
            at = quoted.end();
        } else if (ScannerCharacters.startsName(first)) {
            word();
        } else if (ScannerCharacters.isDigit(first) || (first == '.' && ScannerCharacters.isDigit(peek(1)))) {
            number();
        } else if (first == '$' && ScannerCharacters.isDigit(peek(1))) {
            parameter();
        } else if (MARKS.indexOf(first) >= 0) {
            mark();
        } else if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
            operator();
        } else {
            throw SyntaxRefusals.at(text, at, "SQL has no place for the character " + ScannerCharacters.shown(first));
        }
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && ScannerCharacters.continuesName(text.charAt(end))) {
            end++;
        }
        var name = text.substring(at, end);
        if (ScannerCharacters.isTooLong(name)) {
            throw SyntaxRefusals.at(text, at, LONG_NAME);
        }
        add(Token.Kind.WORD, end, ScannerCharacters.lowered(name));
    }

    private void number() {
        int end = NumericLiterals.endOf(text, at);
        if (end < text.length() && ScannerCharacters.continuesName(text.charAt(end)) && text.charAt(end) != '$') {
            throw SyntaxRefusals.at(text, end, "A number is followed by a name without a space between them");
        }
        add(Token.Kind.NUMBER, end, text.substring(at, end));
    }

    private void parameter() {
        int end = at + 1;
        while (end < text.length() && ScannerCharacters.isDigit(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && ScannerCharacters.continuesName(text.charAt(end)) && text.charAt(end) != '$') {
            throw SyntaxRefusals.at(text, end, "A parameter is followed by a name without a space between them");
        }
        var digits = text.substring(at + 1, end);
        if (digits.length() > 5 || Integer.parseInt(digits) > HIGHEST_PARAMETER || Integer.parseInt(digits) == 0) {
            throw SyntaxRefusals.at(text, at, "Parameters are numbered from $1 to $" + HIGHEST_PARAMETER);
        }
        add(Token.Kind.PARAMETER, end, text.substring(at, end));
    }

    private void mark() {
        var two = text.substring(at, Math.min(at + 2, text.length()));
        boolean pair = two.equals("::") || two.equals("..") || two.equals(":=");
        add(Token.Kind.MARK, at + (pair ? 2 : 1), pair ? two : two.substring(0, 1));
    }

    private void operator() {
        int end = at;
        while (end < text.length() && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0 && !commentBegins(end)) {
            end++;
        }
        end = withoutTrailingSigns(end);
        var operator = text.substring(at, end);
        if (operator.length() > LONGEST_OPERATOR) {
            throw SyntaxRefusals.at(text, at, "An operator has at most " + LONGEST_OPERATOR + " characters");
        }
        if (operator.equals("=>")) {
            add(Token.Kind.MARK, end, operator);
        } else {
            add(Token.Kind.OPERATOR, end, operator.equals("!=") ? "<>" : operator);
        }
    }

    private boolean commentBegins(int index) {
        return text.startsWith("--", index) || text.startsWith("/*", index);
    }

    private int withoutTrailingSigns(int end) {
        for (int i = at; i < end - 1; i++) {
            if (LETS_SIGNS_END_IT.indexOf(text.charAt(i)) >= 0) {
                return end;
            }
        }
        int shorter = end;
        while (shorter > at + 1 && (text.charAt(shorter - 1) == '+' || text.charAt(shorter - 1) == '-')) {
            shorter--;
        }
        return shorter;
    }

    private void add(Token.Kind kind, int end, String value) {
        tokens.add(new Token(kind, at, end, value));
        at = end;
    }

    private char peek(int further) {
        return at + further < text.length() ? text.charAt(at + further) : '\0';
    }
}
