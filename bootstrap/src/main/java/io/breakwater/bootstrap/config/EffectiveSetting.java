package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A setting with its effective value and its description.
 *
 * @param path the path, such as {@code http.port}
 * @param value the effective value, masked if it is a secret; null when it is absent
 * @param origin where the value is set
 * @param fallback the default; null when there is none
 * @param description the description, one or two sentences
 * @param allowed the allowed values, as a noun
 * @param variables the environment variables that set it
 */
public record EffectiveSetting(
        String path,
        @Nullable Json value,
        ValueOrigin origin,
        @Nullable Json fallback,
        String description,
        String allowed,
        List<String> variables) {

    static <T> EffectiveSetting of(String path, Setting<T> setting, @Nullable T value, ValueOrigin origin) {
        var kind = setting.kind();
        var fallback = setting.fallback();
        return new EffectiveSetting(
                path,
                value == null ? null : kind.json(value),
                origin,
                fallback == null ? null : kind.json(fallback),
                setting.description(),
                kind.allowed(),
                EnvironmentSource.names(path, setting));
    }

    /** Returns the last part of the path. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
