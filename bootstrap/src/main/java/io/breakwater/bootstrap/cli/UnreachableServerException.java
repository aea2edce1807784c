package io.breakwater.bootstrap.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a server does not answer. */
final class UnreachableServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message is a sentence with the reason. */
    UnreachableServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
