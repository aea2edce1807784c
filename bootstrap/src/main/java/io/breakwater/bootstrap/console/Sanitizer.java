package io.breakwater.bootstrap.console;

import java.util.HexFormat;

/**
 * Makes text from elsewhere fit to be shown: control characters, which could begin a new log line or command a
 * terminal, characters that reorder or hide what follows, and halves of surrogate pairs are replaced by their escapes.
 */
public final class Sanitizer {
    private static final HexFormat HEX = HexFormat.of();

    private Sanitizer() {}

    /** The text on one line, with everything doubtful escaped. */
    public static String line(String text) {
        return text(text, false);
    }

    /** The text with its line breaks and tabs, and everything else that is doubtful escaped. */
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

    /** True when the character at that place can be shown as it is. */
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

    /** Appends the escape of a character, as JSON and Java write it. */
    static void escape(char c, StringBuilder out) {
        out.append("\\u").append(HEX.toHexDigits(c));
    }
}
