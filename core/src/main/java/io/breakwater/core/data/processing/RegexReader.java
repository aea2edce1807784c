package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a pattern and refuses those with which Java's engine could work without end and without looking at the text.
 *
 * <p>Between two looks the engine can only try ways of matching nothing. A repetition of something that can be nothing,
 * {@code (a*)*} or {@code (|b){1000}}, has very many; refused. A choice one of whose sides can be nothing,
 * {@code (a|)}, has as many as sides; a few of them are let pass, their product bounded. All else that can match
 * nothing does so in one way. What remains may still backtrack, but looks at a character for every step.
 *
 * <p>On the way {@code $}, which to Java also means "before the last line's end", becomes the end of the text, as it is
 * to everybody else.
 */
final class RegexReader {
    private static final int MAX_WAYS = 64;
    private static final int MAX_GROUPS = 50;

    private final String source;
    private final boolean lines;
    private final StringBuilder rewritten = new StringBuilder();
    private final Deque<RegexGroup> open = new ArrayDeque<>();
    private int groups;
    private long ways = 1;
    private int at;

    private RegexReader(String source, boolean lines) {
        this.source = source;
        this.lines = lines;
        open.push(new RegexGroup(false));
    }

    /**
     * The pattern for Java's engine.
     *
     * @param lines whether {@code $} also means the end of each line
     * @throws ProcessingException when it could run away
     */
    static String read(String source, boolean lines) {
        return new RegexReader(source, lines).read();
    }

    private String read() {
        while (at < source.length()) {
            int start = at;
            char c = source.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> openGroup();
                case ')' -> closeGroup();
                case '|' -> innermost().nextAlternative();
                case '*', '?' -> repeat(true);
                case '+' -> repeat(false);
                case '{' -> count();
                case '^', '$' -> innermost().add(true);
                default -> innermost().add(false);
            }
            rewritten.append(c == '$' && !lines ? "\\z" : source.substring(start, at));
        }
        finish(innermost());
        return rewritten.toString();
    }

    private RegexGroup innermost() {
        return open.getFirst();
    }

    private void escape() {
        if (at == source.length()) {
            throw refused("ends in a backslash");
        }
        char c = source.charAt(at++);
        switch (c) {
            case 'Q', 'E' -> throw refused("quotes with \\" + c);
            case 'b', 'B', 'A', 'z', 'Z', 'G' -> innermost().add(true);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> innermost().add(true);
            case 'k' -> {
                skipTo('>');
                innermost().add(true);
            }
            case 'p', 'P', 'x', 'N' -> {
                if (source.startsWith("{", at)) {
                    skipTo('}');
                }
                innermost().add(false);
            }
            default -> innermost().add(false);
        }
    }

    private void skipTo(char end) {
        int found = source.indexOf(end, at);
        if (found < 0) {
            throw refused("lacks a '" + end + "'");
        }
        at = found + 1;
    }

    private void characterClass() {
        int first = source.startsWith("^", at) ? at + 1 : at;
        if (source.startsWith("]", first)) {
            throw refused("has a class of characters that begins with ']'; write '\\]'");
        }
        for (int depth = 1; depth > 0; at++) {
            if (at >= source.length()) {
                throw refused("has a class of characters without end");
            }
            depth += switch (source.charAt(at)) {
                case '[' -> 1;
                case ']' -> -1;
                case '\\' -> skipEscaped();
                default -> 0;
            };
        }
        innermost().add(false);
    }

    private int skipEscaped() {
        at++;
        if (source.startsWith("Q", at) || source.startsWith("E", at)) {
            throw refused("quotes within a class of characters");
        }
        return 0;
    }

    private void openGroup() {
        if (++groups > MAX_GROUPS) {
            throw refused("has more than " + MAX_GROUPS + " groups");
        }
        boolean look = false;
        if (source.startsWith("?", at)) {
            look = specialGroup();
        }
        open.push(new RegexGroup(look));
    }

    /** Steps over the head of {@code (?...} and tells whether it only looks around. */
    private boolean specialGroup() {
        for (var head : new String[] {"?=", "?!", "?<=", "?<!"}) {
            if (source.startsWith(head, at)) {
                at += head.length();
                return true;
            }
        }
        if (source.startsWith("?:", at) || source.startsWith("?>", at)) {
            at += 2;
            return false;
        }
        if (!source.startsWith("?<", at)) {
            throw refused("has a kind of group that is not offered");
        }
        skipTo('>');
        return false;
    }

    private void closeGroup() {
        if (open.size() == 1) {
            throw refused("closes a group that is not open");
        }
        var closed = open.pop();
        finish(closed);
        innermost().add(closed.canBeEmpty());
    }

    private void finish(RegexGroup group) {
        group.end();
        ways *= group.waysToBeEmpty();
        if (ways > MAX_WAYS) {
            throw refused("has too many alternatives that can be empty");
        }
    }

    private void count() {
        boolean zero = source.startsWith("0", at);
        skipTo('}');
        repeat(zero);
    }

    private void repeat(boolean orNothing) {
        if (!innermost().repeat(orNothing)) {
            throw refused("repeats something that can be empty or is repeated already");
        }
        if (source.startsWith("?", at) || source.startsWith("+", at)) {
            at++;
        }
    }

    private ProcessingException refused(String reason) {
        return new ProcessingException("The regular expression /%s/ %s.".formatted(source, reason));
    }
}
