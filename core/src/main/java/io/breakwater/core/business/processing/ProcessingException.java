package io.breakwater.core.business.processing;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What the caller asked for cannot be done as asked, now or later. The message is written for the caller and says what
 * to change; it holds no internals.
 */
public final class ProcessingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String sentence;

    /** With the sentence for the caller. */
    public ProcessingException(String message) {
        this(message, null);
    }

    /** With the sentence for the caller and the cause for the log. */
    public ProcessingException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sentence = message;
    }

    /** The sentence for the caller. */
    public String sentence() {
        return sentence;
    }
}
