package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A constant of an enum, written in lower case.
 *
 * @param choices the constants
 * @param synonyms other words, in lower case, that are accepted for a constant
 */
record ChoiceType<E extends Enum<E>>(List<E> choices, Map<String, E> synonyms) implements SettingType<E> {

    @Override
    public @Nullable E parse(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        return choices.stream()
                .filter(choice -> text(choice).equals(word))
                .findFirst()
                .orElse(synonyms.get(word));
    }

    @Override
    public String text(E value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String allowed() {
        return "one of " + String.join(", ", words().toList());
    }

    @Override
    public @Nullable String guess(String text) {
        return NameSuggestion.hint(text, words().toList()).orElse(null);
    }

    private Stream<String> words() {
        return choices.stream().map(this::text);
    }
}
