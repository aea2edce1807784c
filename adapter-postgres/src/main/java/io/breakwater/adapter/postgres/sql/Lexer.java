package io.breakwater.adapter.postgres.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into the same tokens as PostgreSQL 15 to 18, with {@code standard_conforming_strings} on. The rules are
 * in PostgreSQL's documentation under "Lexical Structure", and for corner cases in its scanner. The lexer refuses texts
 * that no PostgreSQL in that range accepts, or that these versions tokenize differently. It also refuses characters
 * that would change on their way to the server: NUL, and unpaired surrogates.
 *
 * <p>Two rules of the server are unusual. White space is six ASCII characters; every character above ASCII, even a
 * no-break space, is part of a name. An operator is the longest run of operator characters; it ends before a comment,
 * and loses its trailing {@code +} and {@code -} unless it contains one of
 * {@code ~ ! @ # % ^ & | ` ?}: {@code 1=-1} compares with minus one.
 */
final class Lexer {
    static final String LONG_NAME = "A name with characters outside ASCII can have at most 63 bytes";

    private static final String OPERATOR_CHARACTERS = "~!@#^&|`?+-*/%<>=";
    private static final String ALLOWS_TRAILING_SIGNS = "~!@#^&|`?%";
    private static final String PUNCTUATION_CHARACTERS = ",()[].;:";
    private static final int MAX_OPERATOR_LENGTH = 63;
    private static final int MAX_PARAMETER = 65_535;

    private final String text;
    private final QuotedText quotes;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String text) {
        this.text = text;
        this.quotes = new QuotedText(text);
    }

    /** Returns the tokens of a text, without white space and comments. */
    static List<Token> tokens(String text) {
        ScannerCharacters.requireSendable(text);
        var lexer = new Lexer(text);
        while (lexer.skipToToken()) {
            lexer.readToken();
        }
        return lexer.tokens;
    }

    private boolean skipToToken() {
        position = Whitespace.after(text, position);
        return position < text.length();
    }

    private void readToken() {
        char first = text.charAt(position);
        if (quotes.beginsAt(position)) {
            var quoted = quotes.read(position);
            tokens.add(quoted);
            position = quoted.end();
        } else if (ScannerCharacters.startsName(first)) {
            readWord();
        } else if (ScannerCharacters.isDigit(first) || (first == '.' && ScannerCharacters.isDigit(peek(1)))) {
            readNumber();
        } else if (first == '$' && ScannerCharacters.isDigit(peek(1))) {
            readParameter();
        } else if (PUNCTUATION_CHARACTERS.indexOf(first) >= 0) {
            readPunctuation();
        } else if (OPERATOR_CHARACTERS.indexOf(first) >= 0) {
            readOperator();
        } else {
            throw SyntaxRefusals.at(
                    text, position, "SQL does not allow the character " + ScannerCharacters.describe(first));
        }
    }

    private void readWord() {
        int end = position + 1;
        while (end < text.length() && ScannerCharacters.continuesName(text.charAt(end))) {
            end++;
        }
        var name = text.substring(position, end);
        if (ScannerCharacters.isTooLong(name)) {
            throw SyntaxRefusals.at(text, position, LONG_NAME);
        }
        add(Token.Kind.WORD, end, ScannerCharacters.lowerCase(name));
    }

    private void readNumber() {
        int end = NumericLiterals.endOf(text, position);
        if (end < text.length() && ScannerCharacters.continuesName(text.charAt(end)) && text.charAt(end) != '$') {
            throw SyntaxRefusals.at(text, end, "A space is missing between a number and a name");
        }
        add(Token.Kind.NUMBER, end, text.substring(position, end));
    }

    private void readParameter() {
        int end = position + 1;
        while (end < text.length() && ScannerCharacters.isDigit(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && ScannerCharacters.continuesName(text.charAt(end)) && text.charAt(end) != '$') {
            throw SyntaxRefusals.at(text, end, "A space is missing between a parameter and a name");
        }
        var digits = text.substring(position + 1, end);
        if (digits.length() > 5 || Integer.parseInt(digits) > MAX_PARAMETER || Integer.parseInt(digits) == 0) {
            throw SyntaxRefusals.at(text, position, "Parameters are numbered from $1 to $" + MAX_PARAMETER);
        }
        add(Token.Kind.PARAMETER, end, text.substring(position, end));
    }

    private void readPunctuation() {
        var two = text.substring(position, Math.min(position + 2, text.length()));
        boolean pair = two.equals("::") || two.equals("..") || two.equals(":=");
        add(Token.Kind.PUNCTUATION, position + (pair ? 2 : 1), pair ? two : two.substring(0, 1));
    }

    private void readOperator() {
        int end = position;
        while (end < text.length() && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0 && !commentBegins(end)) {
            end++;
        }
        end = withoutTrailingSigns(end);
        var operator = text.substring(position, end);
        if (operator.length() > MAX_OPERATOR_LENGTH) {
            throw SyntaxRefusals.at(
                    text, position, "An operator can have at most " + MAX_OPERATOR_LENGTH + " characters");
        }
        if (operator.equals("=>")) {
            add(Token.Kind.PUNCTUATION, end, operator);
        } else {
            add(Token.Kind.OPERATOR, end, operator.equals("!=") ? "<>" : operator);
        }
    }

    private boolean commentBegins(int index) {
        return text.startsWith("--", index) || text.startsWith("/*", index);
    }

    private int withoutTrailingSigns(int end) {
        for (int i = position; i < end - 1; i++) {
            if (ALLOWS_TRAILING_SIGNS.indexOf(text.charAt(i)) >= 0) {
                return end;
            }
        }
        int shorter = end;
        while (shorter > position + 1 && (text.charAt(shorter - 1) == '+' || text.charAt(shorter - 1) == '-')) {
            shorter--;
        }
        return shorter;
    }

    private void add(Token.Kind kind, int end, String value) {
        tokens.add(new Token(kind, position, end, value));
        position = end;
    }

    private char peek(int further) {
        return position + further < text.length() ? text.charAt(position + further) : '\0';
    }
}
