package io.breakwater.core.business.authorization;

import java.util.List;

/**
 * A pattern in which {@code *} stands for any number of characters, and every other character for itself. A match
 * searches for the texts between the asterisks one after the other, so it never backtracks.
 */
final class Glob {
    private static final int MAX_PATTERN = 1_000;
    private static final int MAX_TEXT = 8_192;

    private final String pattern;
    private final List<String> parts; // the texts between the asterisks

    private Glob(String pattern) {
        this.pattern = pattern;
        this.parts = List.of(pattern.split("\\*", -1));
    }

    /** Returns the pattern; refuses one that is too long. */
    static Glob of(String pattern) {
        if (pattern.length() > MAX_PATTERN) {
            throw new IllegalArgumentException("A pattern may have at most " + MAX_PATTERN + " characters.");
        }
        return new Glob(pattern);
    }

    /**
     * Returns whether the text matches.
     *
     * @throws IllegalArgumentException if the text is too long to be checked
     */
    boolean matches(String text) {
        if (parts.size() == 1) {
            return text.equals(pattern);
        }
        var first = parts.getFirst();
        var last = parts.getLast();
        if (text.length() > MAX_TEXT && !pattern.equals("*")) {
            throw new IllegalArgumentException("A text of more than " + MAX_TEXT + " characters cannot be checked.");
        }
        return text.length() >= first.length() + last.length()
                && text.startsWith(first)
                && text.endsWith(last)
                && containsMiddle(text, first.length(), text.length() - last.length());
    }

    private boolean containsMiddle(String text, int from, int to) {
        int position = from;
        for (int i = 1; i < parts.size() - 1; i++) {
            int found = text.indexOf(parts.get(i), position, to);
            if (found < 0) {
                return false;
            }
            position = found + parts.get(i).length();
        }
        return true;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
