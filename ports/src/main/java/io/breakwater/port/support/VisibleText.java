package io.breakwater.port.support;

/**
 * Makes text of other systems and of callers safe to quote in a message: on one line, of limited length, and without
 * characters that are invisible, reorder the text around them or end the quotation.
 */
public final class VisibleText {
    private static final int UNSAFE = 0xFFFD;

    private VisibleText() {}

    /** Returns the text in quotes, with at most this number of characters. */
    public static String quoted(String text, int maxLength) {
        var shown = new StringBuilder("\"");
        var line = text.strip();
        int kept = 0;
        int at = 0;
        while (at < line.length() && kept < maxLength) {
            int character = line.codePointAt(at);
            shown.appendCodePoint(visible(character));
            at += Character.charCount(character);
            kept++;
        }
        return shown.append(at < line.length() ? "..." : "").append('"').toString();
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> UNSAFE;
            default -> character == '"' ? '\'' : character;
        };
    }
}
