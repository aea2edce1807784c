package io.breakwater.adapter.postgres.sql;

/**
 * Maps a position that the server reports to the position in the caller's text; both count code points from 1.
 *
 * @param source the caller's text
 * @param start the index in the text at which the statement begins
 * @param end the index at which it ends
 */
public record ErrorPositions(String source, int start, int end) {
    private static final int MAX_WORD_LENGTH = 64;

    /** The positions in a text that is sent as it is. */
    public static ErrorPositions of(String source) {
        return new ErrorPositions(source, 0, source.length());
    }

    /**
     * Returns the name, the parameter or the character at this position of the caller's text; empty after the end,
     * truncated if it is long.
     */
    public String word(int position) {
        int from = source.offsetByCodePoints(0, Math.min(position - 1, source.codePointCount(0, source.length())));
        int to = beginsParameter(from) ? from + 1 : from;
        while (to < source.length() && to - from < MAX_WORD_LENGTH && isPartOfName(source.charAt(to))) {
            to++;
        }
        return to > from || from == source.length()
                ? source.substring(from, to)
                : Character.toString(source.codePointAt(from));
    }

    private boolean beginsParameter(int index) {
        return index + 1 < source.length()
                && source.charAt(index) == ':'
                && ScannerCharacters.startsName(source.charAt(index + 1));
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$' || c == '"';
    }

    /** Returns the position in the caller's text. A position after the statement becomes its end. */
    public int toSource(int position) {
        int last = source.codePointCount(start, end);
        int offset = Math.min(Math.max(position, 1) - 1, last);
        return source.codePointCount(0, start) + offset + 1;
    }
}
