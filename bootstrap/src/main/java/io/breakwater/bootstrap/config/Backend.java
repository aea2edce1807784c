package io.breakwater.bootstrap.config;

import io.breakwater.port.driven.Dependency;
import org.jspecify.annotations.Nullable;

/**
 * Something that stands behind the server.
 *
 * @param settings how it is reached; null when there is none
 * @param need what becomes of the server while it is down
 */
public record Backend<T>(@Nullable T settings, Dependency.Need need) {

    static <T> Backend<T> of(@Nullable T settings, boolean required) {
        return new Backend<>(settings, required ? Dependency.Need.REQUIRED : Dependency.Need.OPTIONAL);
    }
}
