package io.breakwater.core.validation;

import com.networknt.schema.SchemaException;
import java.io.Serial;

/** A check cannot be finished within its bounds; the value is refused, never accepted. */
final class ValidationLimitException extends SchemaException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /** With what is too costly about the value. */
    ValidationLimitException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
