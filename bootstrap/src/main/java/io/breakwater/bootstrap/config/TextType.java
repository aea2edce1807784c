package io.breakwater.bootstrap.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text.
 *
 * @param fits whether a text may be written
 * @param allowed the same in words
 */
record TextType(Predicate<String> fits, String allowed) implements SettingType<String> {

    /** Text that matches the pattern as a whole. */
    static TextType matching(Pattern pattern, String allowed) {
        return new TextType(pattern.asMatchPredicate(), allowed);
    }

    @Override
    public @Nullable String parse(String text) {
        return fits.test(text) ? text : null;
    }

    @Override
    public String text(String value) {
        return value;
    }
}
