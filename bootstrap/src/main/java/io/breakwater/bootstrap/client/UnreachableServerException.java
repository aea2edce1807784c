package io.breakwater.bootstrap.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a server does not answer. */
public final class UnreachableServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message is a sentence with the reason. */
    public UnreachableServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
