package io.breakwater.core.presentation.codec;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static java.time.format.DateTimeFormatter.ISO_OFFSET_TIME;

import io.breakwater.port.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The types of {@code java.time}, which are strings in JSON. The offset of a value is part of its meaning, and is
 * preserved.
 */
final class TimeTypes {
    private static final String MOMENT = "an existing date and time with a zone, as in 2026-01-31T12:00:00Z";
    private static final String LOCAL_TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";
    private static final String LOCAL_DATE = "\\d{4}-\\d{2}-\\d{2}";

    private TimeTypes() {}

    static @Nullable ScalarType of(Class<?> type) {
        var moment = moment(type);
        if (moment != null) {
            return moment;
        }
        var amount = amount(type);
        return amount == null ? local(type) : amount;
    }

    private static @Nullable ScalarType moment(Class<?> type) {
        var schema = format("date-time");
        if (type == Instant.class) {
            return ScalarTypes.text(schema, MOMENT, Instant::parse, Instant::toString);
        }
        if (type == OffsetDateTime.class) {
            return ScalarTypes.text(schema, MOMENT, OffsetDateTime::parse, ISO_OFFSET_DATE_TIME::format);
        }
        return type == ZonedDateTime.class
                ? ScalarTypes.text(schema, MOMENT, ZonedDateTime::parse, ISO_OFFSET_DATE_TIME::format)
                : null;
    }

    private static @Nullable ScalarType amount(Class<?> type) {
        if (type == Duration.class) {
            var expected = "a duration in days and smaller units, as in P1DT2H30M";
            return ScalarTypes.text(format("duration"), expected, Duration::parse, Duration::toString);
        }
        if (type == Period.class) {
            var expected = "a period in years, months and days, as in P1Y2M3D";
            return ScalarTypes.text(format("duration"), expected, Period::parse, Period::toString);
        }
        return null;
    }

    /** Local types have patterns, because the formats of JSON Schema for times require a zone. */
    private static @Nullable ScalarType local(Class<?> type) {
        if (type == LocalDate.class) {
            var expected = "an existing date, as in 2026-01-31";
            return ScalarTypes.text(format("date"), expected, LocalDate::parse, LocalDate::toString);
        }
        if (type == LocalTime.class) {
            var expected = "a time of day, as in 12:00:00";
            return ScalarTypes.text(pattern(LOCAL_TIME), expected, LocalTime::parse, ISO_LOCAL_TIME::format);
        }
        if (type == LocalDateTime.class) {
            var schema = pattern(LOCAL_DATE + "T" + LOCAL_TIME);
            var expected = "an existing date and time, as in 2026-01-31T12:00:00";
            return ScalarTypes.text(schema, expected, LocalDateTime::parse, ISO_LOCAL_DATE_TIME::format);
        }
        return monthOrZone(type);
    }

    private static @Nullable ScalarType monthOrZone(Class<?> type) {
        if (type == YearMonth.class) {
            var schema = pattern("\\d{4}-(0[1-9]|1[0-2])");
            return ScalarTypes.text(schema, "a month, as in 2026-01", YearMonth::parse, YearMonth::toString);
        }
        if (type == ZoneId.class) {
            return ScalarTypes.text(Json.object(), "a time zone, as in Europe/Berlin", ZoneId::of, ZoneId::getId);
        }
        return type == OffsetTime.class
                ? ScalarTypes.text(
                        format("time"),
                        "a time of day with a zone, as in 12:00:00Z",
                        OffsetTime::parse,
                        ISO_OFFSET_TIME::format)
                : null;
    }

    private static Json.ObjectBuilder format(String format) {
        return Json.object().put("format", format);
    }

    private static Json.ObjectBuilder pattern(String whole) {
        return Json.object().put("pattern", "^" + whole + "$");
    }
}
