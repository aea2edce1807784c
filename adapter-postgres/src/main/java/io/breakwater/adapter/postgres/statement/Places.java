package io.breakwater.adapter.postgres.statement;

import java.util.ArrayList;
import java.util.List;

/** Finds the caller's position for one that the server reports; both count characters (code points) from 1. */
public final class Places {
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
