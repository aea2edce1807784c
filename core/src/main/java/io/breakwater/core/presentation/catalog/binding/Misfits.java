package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.validation.Violation;
import io.breakwater.core.presentation.json.Mapper;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says what kept JSON from becoming a value, in words for the caller and without a class or a stack. */
final class Misfits {
    private static final Map<Class<?>, String> WANTED = Map.of(
            BigInteger.class, "an integer of at most " + Mapper.MAX_NUMBER_LENGTH + " digits",
            Duration.class, "a duration in days and smaller units, as in P1DT2H30M",
            Period.class, "a period in years, months and days, as in P1Y2M3D",
            Instant.class, "an existing date and time with a zone, as in 2026-01-31T12:00:00Z",
            OffsetDateTime.class, "an existing date and time with a zone, as in 2026-01-31T12:00:00Z",
            ZonedDateTime.class, "an existing date and time with a zone, as in 2026-01-31T12:00:00Z",
            LocalDate.class, "an existing date, as in 2026-01-31",
            LocalDateTime.class, "an existing date and time, as in 2026-01-31T12:00:00",
            ZoneId.class, "a time zone, as in Europe/Berlin",
            byte[].class, "base64");

    private Misfits() {}

    static Violation violation(JacksonException problem) {
        return new Violation(pointer(problem), message(problem));
    }

    private static String pointer(JacksonException problem) {
        return problem.getPath().stream()
                .map(step -> step.getPropertyName() == null ? Integer.toString(step.getIndex()) : escaped(step))
                .map(step -> "/" + step)
                .collect(Collectors.joining());
    }

    private static String escaped(JacksonException.Reference step) {
        return step.getPropertyName().replace("~", "~0").replace("/", "~1");
    }

    private static String message(JacksonException problem) {
        return switch (problem) {
            case ValueInstantiationException refused -> wordsOf(refused);
            case InvalidFormatException format -> wanted(format.getTargetType());
            case UnrecognizedPropertyException unknown -> "is not known";
            case MismatchedInputException mismatch -> wanted(mismatch.getTargetType());
            case InputCoercionException range -> "is out of range";
            default -> "cannot be read";
        };
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "is of the wrong kind";
        }
        return "must be " + WANTED.getOrDefault(type, "a valid " + type.getSimpleName());
    }

    /** A record that checks its own components speaks for itself; anything else it throws is a bug of the tool. */
    private static String wordsOf(ValueInstantiationException refused) {
        return switch (refused.getCause()) {
            case IllegalArgumentException words when words.getMessage() != null -> words.getMessage();
            case RuntimeException bug -> throw bug;
            case null, default -> "cannot be read";
        };
    }
}
