package io.breakwater.core.validation;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.io.Serial;
import java.util.regex.Pattern;

/**
 * Regular expressions that cannot run away. Java's engine backtracks, and some patterns need time exponential in the
 * length of the text ({@code (.*a){12}b} took eight seconds for thirty characters). So every look at a character is
 * counted, and a value whose check needs more of them than {@link #LIMIT} is refused. A count is the same on every
 * machine, which a time limit would not be; honest patterns need a few looks per character.
 *
 * <p>The count spans one check of one value, however many texts and patterns that has. The validator hands no context
 * to a pattern, so the count waits on the thread that checks, from {@link #begin} to {@link #end}.
 */
final class BoundedPattern implements RegularExpressionFactory {
    /** Looks at a character within one check; a few nanoseconds each. */
    static final int LIMIT = 3_000_000;

    private static final ThreadLocal<Count> RUNNING = new ThreadLocal<>();

    static void begin() {
        RUNNING.set(new Count());
    }

    static void end() {
        RUNNING.remove();
    }

    /** The pattern as Java writes it: JSON Schema's {@code $} is the end of the text, not of a line. */
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
            // Java's engine recurses for groups; a long text can use up the stack before the steps.
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

    /** A text that counts how often it is looked at. */
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
