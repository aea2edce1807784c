package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression from an untrusted caller, which always ends.
 *
 * <p>Java's engine backtracks: {@code (a+)+$} tries every way to divide a sequence of letters, and cannot be stopped
 * from outside. But it calls {@code charAt} for each character that it reads, and that method counts the calls and ends
 * the search. This works only if the engine cannot run for long without reading, which requires repetitions or
 * alternatives that match nothing; {@link RegexReader} refuses those.
 */
final class Regex {
    private static final int MAX_CHARS = 1_000;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern in the common dialect of JavaScript and JSON Schema.
     *
     * @param flags any of {@code i} and {@code m}
     * @throws ProcessingException if the pattern is invalid or could run without end
     */
    static Regex compile(String source, String flags) {
        if (source.length() > MAX_CHARS) {
            throw new ProcessingException("A regular expression may have at most " + MAX_CHARS + " characters.");
        }
        boolean lines = flags.contains("m");
        int options = (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (lines ? Pattern.MULTILINE : 0);
        try {
            return new Regex(Pattern.compile(RegexReader.read(source, lines), options));
        } catch (PatternSyntaxException e) {
            throw new ProcessingException(
                    "The regular expression /%s/ is invalid: %s.".formatted(source, e.getDescription()), e);
        }
    }

    /**
     * Returns a matcher for a text.
     *
     * @param work receives 1 for every character that is read; it may throw to end the search
     */
    Matcher matcher(String text, IntConsumer work) {
        return pattern.matcher(new CountedText(text, work));
    }

    /** A text that reports every read character. */
    private record CountedText(String text, IntConsumer work) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            work.accept(1);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
