package io.breakwater.bootstrap.config;

import io.breakwater.port.driven.Dependency;
import org.jspecify.annotations.Nullable;

/**
 * A backend of the server.
 *
 * @param settings how to reach it; null when there is none
 * @param need whether the server needs it to be ready
 */
public record Backend<T>(@Nullable T settings, Dependency.Need need) {

    static <T> Backend<T> of(@Nullable T settings, boolean required) {
        return new Backend<>(settings, required ? Dependency.Need.REQUIRED : Dependency.Need.OPTIONAL);
    }
}
