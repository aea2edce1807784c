package io.breakwater.bootstrap.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** There is no answer. */
public final class UnreachableServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** With the reason in a sentence. */
    public UnreachableServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
