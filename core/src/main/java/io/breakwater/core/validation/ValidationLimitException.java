package io.breakwater.core.validation;

import com.networknt.schema.SchemaException;
import java.io.Serial;

/** Stops a check that exceeds its limits; the value is then refused. */
final class ValidationLimitException extends SchemaException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /** Creates the exception with the message of the violation. */
    ValidationLimitException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
