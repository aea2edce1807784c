package io.breakwater.bootstrap.config;

import java.io.Serial;

/** Thrown when a value is not valid for its setting. */
final class InvalidValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ValueOrigin origin;
    private final String what;
    private final String remedy;

    InvalidValueException(ValueOrigin origin, String what, String remedy) {
        super(what);
        this.origin = origin;
        this.what = what;
        this.remedy = remedy;
    }

    ConfigurationError at(String path) {
        return new ConfigurationError(origin, path, what, remedy);
    }
}
