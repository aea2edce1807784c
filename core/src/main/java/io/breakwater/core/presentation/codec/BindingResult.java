package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a conversion from JSON: a value, or the violations in JSON that matches its schema.
 *
 * @param <T> the type of the value
 */
public sealed interface BindingResult<T> {
    /** The value. */
    record Value<T>(T value) implements BindingResult<T> {}

    /** The violations, at least one. */
    record Refused<T>(List<Violation> violations) implements BindingResult<T> {
        /** Copies the violations. */
        public Refused {
            violations = List.copyOf(violations);
        }

        /** Returns all violations on one line, for the caller. */
        public String message() {
            return violations.stream().map(Violation::toString).collect(Collectors.joining("; "));
        }
    }
}
