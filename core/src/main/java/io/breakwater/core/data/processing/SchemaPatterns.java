package io.breakwater.core.data.processing;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.breakwater.core.business.processing.ProcessingException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one schema for one check, with a common limit. The validator only logs what a pattern throws;
 * therefore an invalid or endless pattern matches, and the whole check fails afterwards. Not thread-safe.
 */
final class SchemaPatterns implements RegularExpressionFactory {
    private final int maxCharsRead;
    private int charsRead;
    private @Nullable ProcessingException refusal;

    SchemaPatterns(int maxCharsRead) {
        this.maxCharsRead = maxCharsRead;
    }

    @Override
    public RegularExpression getRegularExpression(String pattern) {
        try {
            var regex = Regex.compile(pattern, "");
            return text -> matches(regex, text);
        } catch (ProcessingException e) {
            refusal = e;
            return text -> true;
        }
    }

    private boolean matches(Regex regex, String text) {
        try {
            return regex.matcher(text, this::addCharsRead).find();
        } catch (StepLimitException | StackOverflowError e) {
            refusal = new ProcessingException("A pattern of the schema takes too long on this data; simplify it.");
            return true;
        }
    }

    private void addCharsRead(int characters) {
        charsRead += characters;
        if (charsRead > maxCharsRead) {
            charsRead = maxCharsRead;
            throw new StepLimitException();
        }
    }

    /** Fails the check if a pattern could not be used. */
    void throwIfAborted() {
        if (refusal != null) {
            throw refusal;
        }
    }

    private static final class StepLimitException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private StepLimitException() {
            super("The limit on read characters was exceeded.", null, false, false);
        }
    }
}
