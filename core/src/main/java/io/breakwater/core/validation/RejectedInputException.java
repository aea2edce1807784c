package io.breakwater.core.validation;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A schema, value or pattern that is refused, or a check that is stopped. The message is a sentence for the caller. */
public final class RejectedInputException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    RejectedInputException(String message) {
        this(message, null);
    }

    RejectedInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
