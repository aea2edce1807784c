package io.breakwater.bootstrap.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with a condition.
 *
 * @param fits whether a text is allowed
 * @param allowed the allowed texts, as a noun
 */
record TextType(Predicate<String> fits, String allowed) implements SettingType<String> {

    /** Creates a type for texts that match the whole pattern. */
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
