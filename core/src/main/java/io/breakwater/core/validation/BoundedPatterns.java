package io.breakwater.core.validation;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.io.Serial;
import java.util.function.Supplier;

/**
 * The patterns of schemas, with a limit on their cost: all strings and patterns of one check of one value share a
 * {@link ReadCounter}. The validator passes no context to a pattern, so a thread-local variable holds the counter
 * during {@link #limit}.
 */
record BoundedPatterns(SchemaOrigin origin) implements RegularExpressionFactory {
    private static final ThreadLocal<ReadCounter> RUNNING = new ThreadLocal<>();

    /** Runs a check, whose patterns may read that many characters. */
    static <T> T limit(int charsRead, Supplier<T> check) {
        RUNNING.set(counter(charsRead));
        try {
            return check.get();
        } finally {
            RUNNING.remove();
        }
    }

    private static ReadCounter counter(int charsRead) {
        return new ReadCounter(charsRead, LimitReachedException::new);
    }

    @Override
    public RegularExpression getRegularExpression(String source) {
        try {
            var regex = origin.compile(source);
            return text -> find(regex, text);
        } catch (RejectedInputException e) {
            // The validator would log what this method throws, with the pattern of the caller.
            return text -> {
                throw new SchemaException(e.getMessage());
            };
        }
    }

    private static boolean find(Regex regex, String text) {
        var running = RUNNING.get();
        var counter = running == null ? counter(SchemaLimits.forAuthors().maxCharsRead()) : running;
        try {
            return regex.matcher(text, counter::count).find();
        } catch (LimitReachedException | StackOverflowError e) {
            // Java's engine recurses for groups; a long string can exhaust the stack before the limit.
            throw new ValidationLimitException(
                    "contains a string that is too expensive to match against the pattern " + regex);
        }
    }

    private static final class LimitReachedException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private LimitReachedException() {
            super(null, null, false, false);
        }
    }
}
