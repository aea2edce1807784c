package io.breakwater.bootstrap.cli;

import io.breakwater.port.support.NameSuggestion;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a constant of an enum by its text form, and suggests a similar one when there is none. */
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
        var suggestion = NameSuggestion.hint(word, words).map(hint -> "; " + hint);
        return new TypeConversionException(
                "'" + word + "' is not one of " + String.join(", ", words) + suggestion.orElse(""));
    }
}
