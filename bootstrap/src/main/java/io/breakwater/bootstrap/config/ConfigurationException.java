package io.breakwater.bootstrap.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when the configuration cannot be used; contains all its errors. */
public final class ConfigurationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationError> errors;

    ConfigurationException(List<ConfigurationError> errors) {
        super(errors.stream().map(ConfigurationError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    /** Returns the errors, at least one, in the order of the sources. */
    public List<ConfigurationError> errors() {
        return errors;
    }
}
