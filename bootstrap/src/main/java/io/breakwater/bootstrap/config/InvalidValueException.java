package io.breakwater.bootstrap.config;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown when a value is not valid for its setting. */
final class InvalidValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ValueOrigin origin;
    private final String what;
    private final @Nullable String remedy;
    private final String member;

    InvalidValueException(ValueOrigin origin, String what, String remedy) {
        this(new ConfigurationError(origin, "", what, remedy));
    }

    private InvalidValueException(ConfigurationError error) {
        super(error.what());
        this.origin = error.origin();
        this.what = error.what();
        this.remedy = error.remedy();
        this.member = error.path().isEmpty() ? "" : "." + error.path();
    }

    /** Returns the first error with the others suppressed; their paths begin in the value. */
    static InvalidValueException of(List<ConfigurationError> errors) {
        var first = new InvalidValueException(errors.getFirst());
        errors.stream().skip(1).map(InvalidValueException::new).forEach(first::addSuppressed);
        return first;
    }

    ConfigurationError at(String path) {
        return new ConfigurationError(origin, path + member, what, remedy);
    }
}
