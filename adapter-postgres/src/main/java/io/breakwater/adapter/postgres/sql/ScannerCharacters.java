package io.breakwater.adapter.postgres.sql;

import java.nio.charset.StandardCharsets;

/** The classes of characters in PostgreSQL's scanner. */
final class ScannerCharacters {
    /** The maximum length of a name in bytes; the server drops the rest. */
    private static final int MAX_NAME_BYTES = 63;

    private ScannerCharacters() {}

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean continuesName(char c) {
        return startsName(c) || isDigit(c) || c == '$';
    }

    /** Returns the server's form of a name without quotes: ASCII letters in lower case, at most 63 bytes. */
    static String lowerCase(String word) {
        var lower = new StringBuilder(word);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return truncate(lower.toString());
    }

    /** Returns the server's form of an ASCII name: at most 63 bytes. */
    static String truncate(String name) {
        return name.length() <= MAX_NAME_BYTES ? name : name.substring(0, MAX_NAME_BYTES);
    }

    /** Whether servers truncate this name at positions that depend on their encoding. */
    static boolean isTooLong(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > MAX_NAME_BYTES && bytes > name.length();
    }

    /** Refuses characters that would change on their way to the server, or end the message that contains them. */
    static void requireSendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw SyntaxRefusals.at(text, i, "A statement cannot contain the character NUL");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw SyntaxRefusals.at(text, i, "An unpaired surrogate is not a valid character");
            }
        }
    }

    /** Returns a character for a sentence, as its code point if it is not visible. */
    static String describe(char c) {
        return c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("U+%04X", (int) c);
    }
}
