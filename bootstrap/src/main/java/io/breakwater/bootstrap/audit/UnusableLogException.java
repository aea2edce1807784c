package io.breakwater.bootstrap.audit;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a log cannot be used for a reason that has a remedy of its own. */
final class UnusableLogException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String explanation;

    /**
     * Creates the exception.
     *
     * @param reason why, as a part of a sentence
     * @param explanation why and what to do, in sentences
     */
    UnusableLogException(String reason, String explanation, @Nullable Throwable cause) {
        super(reason, cause);
        this.explanation = explanation;
    }

    /** Returns why and what to do, in sentences. */
    String explanation() {
        return explanation;
    }
}
