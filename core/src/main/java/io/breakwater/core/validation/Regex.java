package io.breakwater.core.validation;

import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression whose search can be stopped.
 *
 * <p>Java's engine backtracks: {@code (a+)+$} tries every way to divide a sequence of letters, and cannot be stopped
 * from outside. But it calls {@code charAt} for each character that it reads, and that method counts the calls and ends
 * the search ({@link ReadCounter}). This works only if the engine cannot run for long without reading, which requires
 * repetitions or alternatives that match nothing; {@link RegexReader} refuses those in the patterns of callers.
 */
public final class Regex {
    private static final int MAX_CHARS = 1_000;

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern of an untrusted caller, in the common dialect of JavaScript and JSON Schema.
     *
     * @param flags any of {@code i} and {@code m}
     * @throws RejectedInputException if the pattern is invalid or could run without end
     */
    public static Regex compile(String source, String flags) {
        if (source.length() > MAX_CHARS) {
            throw new RejectedInputException("A regular expression may have at most " + MAX_CHARS + " characters.");
        }
        boolean lines = flags.contains("m");
        int options = (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (lines ? Pattern.MULTILINE : 0);
        try {
            return new Regex(Pattern.compile(RegexReader.read(source, lines), options));
        } catch (PatternSyntaxException e) {
            throw new RejectedInputException(
                    "The regular expression /%s/ is invalid: %s.".formatted(source, e.getDescription()), e);
        }
    }

    /**
     * Compiles a pattern of the author of a schema, who may use all features of Java's engine; only {@code $} matches
     * at the end of the string alone, and not before a line break.
     *
     * @throws PatternSyntaxException if the pattern is invalid
     */
    static Regex ofAuthor(String source) {
        return new Regex(Pattern.compile(RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(source))));
    }

    /**
     * Returns a matcher for a text.
     *
     * @param onRead runs for every character that is read; it may throw to end the search
     */
    public Matcher matcher(String text, Runnable onRead) {
        return pattern.matcher(new CountedText(text, onRead));
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** A text that reports every read character. */
    private record CountedText(String text, Runnable onRead) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            onRead.run();
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
