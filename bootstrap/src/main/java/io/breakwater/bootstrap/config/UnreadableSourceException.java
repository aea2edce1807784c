package io.breakwater.bootstrap.config;

import java.io.Serial;

/** Thrown when a source cannot be read, so that none of its settings can be checked. */
final class UnreadableSourceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ConfigurationError error;

    UnreadableSourceException(ConfigurationError error) {
        super(error.toString());
        this.error = error;
    }

    ConfigurationError error() {
        return error;
    }
}
