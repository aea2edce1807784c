package io.breakwater.bootstrap.client;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** There is no answer. */
public final class Unreachable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** With the reason in a sentence. */
    public Unreachable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
