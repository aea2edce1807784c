package io.breakwater.server.mcp;

/**
 * Makes untrusted text safe to show to a user. A character that could begin a new line, reorder the text around it or
 * hide is replaced by U+FFFD.
 */
final class ShownText {
    private static final int MAX_LENGTH = 100;
    private static final char UNSAFE = '\uFFFD';

    /** Isolates text that runs from right to left, so that it does not reorder the sentence around it. */
    private static final char ISOLATE = '\u2068';

    private static final char END_OF_ISOLATE = '\u2069';

    private ShownText() {}

    /** Returns the text on one line. */
    static String of(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints().map(ShownText::visible).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Returns a value in quotes, on one line and with at most 100 characters. */
    static String quoted(String value) {
        int length = value.codePointCount(0, value.length());
        var kept = length <= MAX_LENGTH ? value : value.substring(0, value.offsetByCodePoints(0, MAX_LENGTH));
        var shown = new StringBuilder("\"");
        var line = of(kept);
        line.codePoints().map(ShownText::insideQuotes).forEach(shown::appendCodePoint);
        shown.append('"');
        if (runsFromRight(line)) {
            shown.insert(0, ISOLATE).append(END_OF_ISOLATE);
        }
        return length <= MAX_LENGTH
                ? shown.toString()
                : shown + " (cut, " + (length - MAX_LENGTH) + " more characters)";
    }

    private static int visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> UNSAFE;
            case Character.SPACE_SEPARATOR -> ' ';
            default -> isBlank(character) ? UNSAFE : character;
        };
    }

    /** Whether it is a letter or symbol without a shape: the fillers of Hangul, and the empty Braille pattern. */
    private static boolean isBlank(int character) {
        return switch (character) {
            case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0 -> true;
            default -> 0xFE00 <= character && character <= 0xFE0F; // variation selectors
        };
    }

    /** Replaces every kind of double quotation mark, so that a value cannot end its own quotes. */
    private static int insideQuotes(int character) {
        return switch (character) {
            case '"',
                    '\u00AB',
                    '\u00BB',
                    '\u201C',
                    '\u201D',
                    '\u201E',
                    '\u201F',
                    '\u2033',
                    '\u275D',
                    '\u275E',
                    '\uFF02' -> '\'';
            default -> character;
        };
    }

    private static boolean runsFromRight(String text) {
        return text.codePoints().anyMatch(character -> switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        });
    }
}
