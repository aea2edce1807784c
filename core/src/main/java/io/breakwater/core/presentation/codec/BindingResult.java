package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Violation;
import java.util.List;

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
    }
}
