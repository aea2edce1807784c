package io.breakwater.bootstrap.console;

import java.util.HexFormat;

/**
 * Makes untrusted text safe to print. It escapes control characters, which could begin a new log line or control a
 * terminal, characters that reorder or hide text, and unpaired surrogates.
 */
public final class Sanitizer {
    private static final HexFormat HEX = HexFormat.of();

    private Sanitizer() {}

    /** Returns the text on one line; line breaks, tabs and unsafe characters are escaped. */
    public static String line(String text) {
        return text(text, false);
    }

    /** Returns the text with its line feeds and tabs; all other unsafe characters are escaped. */
    public static String lines(String text) {
        return text(text, true);
    }

    private static String text(String text, boolean breaks) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPrintable(text, i) || (breaks && (c == '\n' || c == '\t'))) {
                out.append(c);
            } else if (c == '\n' || c == '\r' || c == '\t') {
                out.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
            } else {
                escape(c, out);
            }
        }
        return out.toString();
    }

    /** Whether the character at an index can be printed unchanged. */
    static boolean isPrintable(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7f) {
            return c >= ' ';
        }
        if (Character.isSurrogate(c)) {
            return paired(text, at);
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    /** Appends the escape sequence of a character, as in JSON and Java. */
    static void escape(char c, StringBuilder out) {
        out.append("\\u").append(HEX.toHexDigits(c));
    }
}
