package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.NameSuggestion;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one word of a closed set, as its constants print themselves, and says what might have been meant. */
abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final List<E> choices;

    EnumConverter(Class<E> type) {
        this.choices = Arrays.asList(type.getEnumConstants());
    }

    @Override
    public E convert(String word) {
        return choices.stream()
                .filter(choice -> choice.toString().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private TypeConversionException unknown(String word) {
        var words = choices.stream().map(Enum::toString).toList();
        var meant = NameSuggestion.to(word, words).map(near -> "; did you mean " + near + "?");
        return new TypeConversionException("'" + word + "' is none of " + String.join(", ", words) + meant.orElse(""));
    }
}
