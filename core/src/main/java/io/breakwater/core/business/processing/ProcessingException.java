package io.breakwater.core.business.processing;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An operation that cannot be performed as requested. A retry would fail too. The message is for the caller and says
 * what to change; it contains no internals.
 */
public final class ProcessingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /** Creates an exception with a message for the caller. */
    public ProcessingException(String message) {
        this(message, null);
    }

    /** Creates an exception with a message for the caller and a cause for the log. */
    public ProcessingException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    /** Returns the message for the caller. */
    public String sentence() {
        return sentence;
    }
}
