package io.breakwater.core.data.processing;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import io.breakwater.core.business.processing.ProcessingException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one schema for one check, counted together. The validator logs whatever a pattern throws, so a broken
 * or endless one quietly matches, and the whole check is given up afterwards. Used by one thread.
 */
final class SchemaPatterns implements RegularExpressionFactory {
    private final int maxLooks;
    private int looks;
    private @Nullable ProcessingException refusal;

    SchemaPatterns(int maxLooks) {
        this.maxLooks = maxLooks;
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
            return regex.matcher(text, this::look).find();
        } catch (StepLimitException | StackOverflowError e) {
            refusal = new ProcessingException("A pattern of the schema takes too long on this data; make it simpler.");
            return true;
        }
    }

    private void look(int characters) {
        looks += characters;
        if (looks > maxLooks) {
            looks = maxLooks;
            throw new StepLimitException();
        }
    }

    /** Gives the check up if a pattern could not be used. */
    void refuseIfGivenUp() {
        if (refusal != null) {
            throw refusal;
        }
    }

    private static final class StepLimitException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private StepLimitException() {
            super("too many looks", null, false, false);
        }
    }
}
