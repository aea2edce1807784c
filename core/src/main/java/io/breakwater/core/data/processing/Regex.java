package io.breakwater.core.data.processing;

import io.breakwater.core.business.processing.ProcessingException;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that somebody else wrote, run so that it always ends.
 *
 * <p>Java's engine backtracks: {@code (a+)+$} tries every way to share out a row of letters, and nothing can stop it
 * from outside. But it asks the text for each character it looks at, and here the text counts and puts an end to it.
 * For that to hold, the engine must not be able to work long without looking, which only repetitions and choices of
 * nothing could make it do; {@link RegexReader} refuses those.
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
     * @param flags of {@code i} and {@code m}
     * @throws ProcessingException when it is wrong, or could run away
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
                    "The regular expression /%s/ cannot be read: %s.".formatted(source, e.getDescription()), e);
        }
    }

    /**
     * Looks at the text.
     *
     * @param work is told of every character that is looked at, as 1; it may throw to end the search
     */
    Matcher matcher(String text, IntConsumer work) {
        return pattern.matcher(new WatchedText(text, work));
    }

    /** A text that tells when it is looked at. */
    private record WatchedText(String text, IntConsumer work) implements CharSequence {
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
