package io.breakwater.bootstrap.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text.
 *
 * @param pattern all of it must match
 * @param allowed the pattern in words
 */
record TextKind(Pattern pattern, String allowed) implements Kind<String> {

    @Override
    public @Nullable String parse(String text) {
        return pattern.matcher(text).matches() ? text : null;
    }

    @Override
    public String show(String value) {
        return value;
    }
}
