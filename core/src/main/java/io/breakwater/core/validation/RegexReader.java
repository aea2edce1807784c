package io.breakwater.core.validation;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a pattern and refuses those for which Java's engine could run without end and without reading the text.
 *
 * <p>Without reading, the engine can only try ways to match the empty text. A repetition of a part that can be empty,
 * {@code (a*)*} or {@code (|b){1000}}, has very many ways and is refused. Alternatives that can be empty, {@code (a|)},
 * have as many ways as there are alternatives; they are accepted up to a limit on the product of their numbers. All
 * other parts that can be empty match in one way. The accepted patterns may backtrack, but read a character for each
 * step.
 *
 * <p>The reader also replaces {@code $}, which in Java matches before a final line break as well, with the end of the
 * text, as in other dialects.
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
    private int position;

    private RegexReader(String source, boolean lines) {
        this.source = source;
        this.lines = lines;
        open.push(new RegexGroup(false));
    }

    /**
     * Returns the pattern for Java's engine.
     *
     * @param lines true if {@code $} also matches the end of each line
     * @throws RejectedInputException if the pattern could run without end
     */
    static String read(String source, boolean lines) {
        return new RegexReader(source, lines).read();
    }

    private String read() {
        while (position < source.length()) {
            int start = position;
            char c = source.charAt(position++);
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
            rewritten.append(c == '$' && !lines ? "\\z" : source.substring(start, position));
        }
        finish(innermost());
        return rewritten.toString();
    }

    private RegexGroup innermost() {
        return open.getFirst();
    }

    private void escape() {
        if (position == source.length()) {
            throw refusal("ends with a backslash");
        }
        char c = source.charAt(position++);
        switch (c) {
            case 'Q', 'E' -> throw refusal("uses the unsupported quotation \\" + c);
            case 'b', 'B', 'A', 'z', 'Z', 'G' -> innermost().add(true);
            case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> innermost().add(true);
            case 'k' -> {
                skipTo('>');
                innermost().add(true);
            }
            case 'p', 'P', 'x', 'N' -> {
                if (source.startsWith("{", position)) {
                    skipTo('}');
                }
                innermost().add(false);
            }
            default -> innermost().add(false);
        }
    }

    private void skipTo(char end) {
        int found = source.indexOf(end, position);
        if (found < 0) {
            throw refusal("has no closing '" + end + "'");
        }
        position = found + 1;
    }

    private void characterClass() {
        int first = source.startsWith("^", position) ? position + 1 : position;
        if (source.startsWith("]", first)) {
            throw refusal("has a character class that begins with ']'; write '\\]'");
        }
        for (int depth = 1; depth > 0; position++) {
            if (position >= source.length()) {
                throw refusal("has a character class without an end");
            }
            depth += switch (source.charAt(position)) {
                case '[' -> 1;
                case ']' -> -1;
                case '\\' -> skipEscaped();
                default -> 0;
            };
        }
        innermost().add(false);
    }

    private int skipEscaped() {
        position++;
        if (source.startsWith("Q", position) || source.startsWith("E", position)) {
            throw refusal("uses \\Q or \\E in a character class");
        }
        return 0;
    }

    private void openGroup() {
        if (++groups > MAX_GROUPS) {
            throw refusal("has more than " + MAX_GROUPS + " groups");
        }
        boolean lookAround = false;
        if (source.startsWith("?", position)) {
            lookAround = specialGroup();
        }
        open.push(new RegexGroup(lookAround));
    }

    /** Skips the head of {@code (?...} and returns true if the group only looks around. */
    private boolean specialGroup() {
        for (var head : new String[] {"?=", "?!", "?<=", "?<!"}) {
            if (source.startsWith(head, position)) {
                position += head.length();
                return true;
            }
        }
        if (source.startsWith("?:", position) || source.startsWith("?>", position)) {
            position += 2;
            return false;
        }
        if (!source.startsWith("?<", position)) {
            throw refusal("has an unsupported kind of group");
        }
        skipTo('>');
        return false;
    }

    private void closeGroup() {
        if (open.size() == 1) {
            throw refusal("closes a group that is not open");
        }
        var closed = open.pop();
        finish(closed);
        innermost().add(closed.canBeEmpty());
    }

    private void finish(RegexGroup group) {
        group.end();
        ways *= group.waysToBeEmpty();
        if (ways > MAX_WAYS) {
            throw refusal("has too many alternatives that can be empty");
        }
    }

    private void count() {
        boolean zero = source.startsWith("0", position);
        skipTo('}');
        repeat(zero);
    }

    private void repeat(boolean optional) {
        if (!innermost().repeat(optional)) {
            throw refusal("repeats a part that can be empty or is already repeated");
        }
        if (source.startsWith("?", position) || source.startsWith("+", position)) {
            position++;
        }
    }

    private RejectedInputException refusal(String reason) {
        return new RejectedInputException("The regular expression /%s/ %s.".formatted(source, reason));
    }
}
