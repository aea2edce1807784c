package io.breakwater.core.validation;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.io.Serial;
import java.util.regex.Pattern;

/**
 * Regular expressions with a limit on their cost. Java's engine backtracks, and some patterns take time exponential in
 * the length of the string ({@code (.*a){12}b} took eight seconds for thirty characters). Therefore every read of a
 * character is counted, and a value whose check reads more than {@link #LIMIT} characters is refused. Unlike a time
 * limit, the count is the same on every machine; ordinary patterns read each character a few times.
 *
 * <p>The count spans one check of one value, with all its strings and patterns. The validator passes no context to a
 * pattern, so a thread-local variable holds the count, from {@link #begin} to {@link #end}.
 */
final class BoundedPattern implements RegularExpressionFactory {
    /** The maximum number of character reads in one check; a read takes a few nanoseconds. */
    static final int LIMIT = 3_000_000;

    private static final ThreadLocal<Count> RUNNING = new ThreadLocal<>();

    static void begin() {
        RUNNING.set(new Count());
    }

    static void end() {
        RUNNING.remove();
    }

    /**
     * Compiles a pattern for Java; in JSON Schema, {@code $} matches only at the end of the string, not before a line
     * break.
     */
    static Pattern compile(String regex) {
        return Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        var pattern = compile(regex);
        return text -> find(pattern, text);
    }

    private static boolean find(Pattern pattern, String text) {
        var count = RUNNING.get();
        try {
            return pattern.matcher(new CountingText(text, count == null ? new Count() : count))
                    .find();
        } catch (StepLimitException | StackOverflowError e) {
            // Java's engine recurses for groups; a long string can exhaust the stack before the limit.
            throw new ValidationLimitException(
                    "contains a string that is too expensive to match against the pattern " + pattern.pattern());
        }
    }

    private static final class Count {
        private int remaining = LIMIT;
    }

    private static final class StepLimitException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private StepLimitException() {
            super(null, null, false, false);
        }
    }

    /** A string that counts the reads of its characters. */
    private record CountingText(String text, Count count) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (--count.remaining < 0) {
                throw new StepLimitException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new CountingText(text.substring(start, end), count);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
