package io.breakwater.adapter.postgres.statement;

import java.util.ArrayList;
import java.util.List;

/** Finds the caller's position for one that the server reports; both count characters (code points) from 1. */
public final class Places {
    private static final int LONGEST_WORD = 64;

    /** The text that the server sees, if it is this statement alone. */
    private final String seen;

    private final int start;
    private final String source;
    private final List<Gap> gaps;

    /** A parameter, whose number the driver writes anew. */
    private record Gap(int seenEnd, int sourceEnd) {}

    private Places(String source, int start, String seen, List<Gap> gaps) {
        this.source = source;
        this.start = start;
        this.seen = seen;
        this.gaps = gaps;
    }

    static Places of(String source, List<Token> tokens) {
        int start = tokens.getFirst().start();
        var seen = new StringBuilder();
        var gaps = new ArrayList<Gap>();
        int at = start;
        for (var token : tokens) {
            if (token.kind() == Token.Kind.PARAMETER) {
                seen.append(source, at, token.start()).append('$').append(gaps.size() + 1);
                at = token.end();
                gaps.add(new Gap(seen.length(), at));
            }
        }
        seen.append(source, at, tokens.getLast().end());
        return new Places(source, start, seen.toString(), List.copyOf(gaps));
    }

    /** The statement as the server gets it, its parameters numbered as they come. */
    public String seen() {
        return seen;
    }

    /** The name or the sign that stands at that position of the caller's; empty behind the end, shortened if it is long. */
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
        int offset = Math.min(Math.max(position, 1) - 1, seen.codePointCount(0, seen.length()));
        int index = seen.offsetByCodePoints(0, offset);
        int seenFrom = 0;
        int sourceFrom = start;
        for (var gap : gaps) {
            if (gap.seenEnd() <= index) {
                seenFrom = gap.seenEnd();
                sourceFrom = gap.sourceEnd();
            }
        }
        int sourceIndex = Math.min(sourceFrom + index - seenFrom, source.length());
        return source.codePointCount(0, sourceIndex) + 1;
    }
}
