package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.DurationType;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration as a setting would, but never without a unit: 90 could mean days. */
abstract class DurationConverter implements ITypeConverter<Duration> {
    private final DurationType type;

    DurationConverter(Duration min, Duration max) {
        this.type = new DurationType(min, max);
    }

    @Override
    public Duration convert(String text) {
        var duration = type.parse(text);
        if (duration == null || Character.isDigit(text.charAt(text.length() - 1))) {
            throw new TypeConversionException("'" + text + "' is not " + type.allowed() + ", with a unit");
        }
        return duration;
    }
}
