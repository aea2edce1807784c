package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Violation;
import java.util.List;

/**
 * What came of binding: a value, or what is wrong with the JSON although it fits its schema.
 *
 * @param <T> the type that was asked for
 */
public sealed interface BindingResult<T> {
    /** The value. */
    record Value<T>(T value) implements BindingResult<T> {}

    /** Why there is none; one violation at least. */
    record Refused<T>(List<Violation> violations) implements BindingResult<T> {
        /** Copies the violations. */
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
