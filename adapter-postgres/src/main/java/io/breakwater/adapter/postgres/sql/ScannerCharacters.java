package io.breakwater.adapter.postgres.sql;

import java.nio.charset.StandardCharsets;

/** What single characters mean to PostgreSQL's scanner. */
final class ScannerCharacters {
    /** The bytes of a name that count; the server forgets the others. */
    private static final int LONGEST_NAME = 63;

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

    /** A name without quotes, as the server keeps it: ASCII letters in lower case, at most 63 bytes. */
    static String lowered(String word) {
        var lower = new StringBuilder(word);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return clipped(lower.toString());
    }

    /** A name in ASCII, as the server keeps it. */
    static String clipped(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Whether servers cut this name at places that depend on their encoding. */
    static boolean isTooLong(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > LONGEST_NAME && bytes > name.length();
    }

    /** Refuses characters that reach the server as something else, or cut the message that carries them. */
    static void requireSendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                throw SyntaxRefusals.at(text, i, "A statement cannot hold the character NUL");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw SyntaxRefusals.at(text, i, "Half a surrogate pair is no character");
            }
        }
    }

    /** A character for a sentence, visible also if it is none that shows. */
    static String shown(char c) {
        return c > ' ' && c < 0x7f ? String.valueOf(c) : String.format("U+%04X", (int) c);
    }
}
