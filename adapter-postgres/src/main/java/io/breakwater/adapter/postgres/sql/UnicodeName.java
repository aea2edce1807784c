package io.breakwater.adapter.postgres.sql;

import java.util.Locale;

/**
 * Decodes the escapes of {@code U&"…"}: {@code \0061}, {@code \+000061} and the doubled escape character, which is a
 * backslash or the character in {@code UESCAPE '…'} after the name.
 */
final class UnicodeName {
    private static final String NEVER_ESCAPES = "+'\"0123456789abcdefABCDEF";

    private final String text;
    private final int after;
    private final char escape;
    private int end;

    /** Creates a decoder for a name that ends at this index of a text. */
    UnicodeName(String text, int after) {
        this.text = text;
        this.after = after;
        this.escape = escapeCharacter();
    }

    /** The index after the name and its {@code UESCAPE '…'}, if it has one. */
    int end() {
        return end;
    }

    /** Returns the decoded name. */
    String decode(String inside) {
        var name = new StringBuilder();
        int at = 0;
        while (at < inside.length()) {
            if (inside.charAt(at) != escape) {
                name.append(inside.charAt(at++));
            } else if (inside.startsWith(String.valueOf(escape), at + 1)) {
                name.append(escape);
                at += 2;
            } else {
                boolean six = inside.startsWith("+", at + 1);
                int digits = at + (six ? 2 : 1);
                at = digits + (six ? 6 : 4);
                name.appendCodePoint(codePoint(inside, digits, at));
            }
        }
        ScannerCharacters.requireSendable(name.toString());
        return name.toString();
    }

    private int codePoint(String inside, int from, int to) {
        if (to <= inside.length() && inside.substring(from, to).matches("[0-9A-Fa-f]+")) {
            int codePoint = Integer.parseInt(inside.substring(from, to), 16);
            if (Character.isValidCodePoint(codePoint)) {
                return codePoint;
            }
        }
        throw SyntaxRefusals.at(text, after - 1, "A name in U&\"…\" contains an invalid escape");
    }

    private char escapeCharacter() {
        int clause = Whitespace.after(text, after);
        int keywordEnd = Math.min(clause + "UESCAPE".length(), text.length());
        boolean hasEscapeClause =
                text.substring(clause, keywordEnd).toUpperCase(Locale.ROOT).equals("UESCAPE")
                        && (keywordEnd == text.length() || !ScannerCharacters.continuesName(text.charAt(keywordEnd)));
        this.end = after;
        if (!hasEscapeClause) {
            return '\\';
        }
        int quote = Whitespace.after(text, keywordEnd);
        boolean plain = quote + 2 < text.length() && text.charAt(quote) == '\'' && text.charAt(quote + 2) == '\'';
        char character = plain ? text.charAt(quote + 1) : '\'';
        if (NEVER_ESCAPES.indexOf(character) >= 0 || ScannerCharacters.isBlank(character) || character >= 0x80) {
            throw SyntaxRefusals.at(text, clause, "UESCAPE requires one plain character: UESCAPE '!'");
        }
        this.end = quote + 3;
        return character;
    }
}
