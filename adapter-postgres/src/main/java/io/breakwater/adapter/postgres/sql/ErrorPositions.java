package io.breakwater.adapter.postgres.sql;

/**
 * Finds the caller's position for one that the server reports; both count characters (code points) from 1.
 *
 * @param source the caller's text
 * @param start where in it the statement begins
 * @param end where it ends
 */
public record ErrorPositions(String source, int start, int end) {
    private static final int LONGEST_WORD = 64;

    /**
     * The name or the sign that stands at that position of the caller's; empty behind the end, shortened if it is long.
     */
    public String word(int position) {
        int from = source.offsetByCodePoints(0, Math.min(position - 1, source.codePointCount(0, source.length())));
        int to = from;
        while (to < source.length() && to - from < LONGEST_WORD && isPartOfName(source.charAt(to))) {
            to++;
        }
        return to > from || from == source.length()
                ? source.substring(from, to)
                : Character.toString(source.codePointAt(from));
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$' || c == '"';
    }

    /** The caller's position. What lies behind the statement is its end. */
    public int inSource(int position) {
        int last = source.codePointCount(start, end);
        int offset = Math.min(Math.max(position, 1) - 1, last);
        return source.codePointCount(0, start) + offset + 1;
    }
}
