package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Functions;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between timestamps and milliseconds. Unlike those of the library, they have the same result on every host
 * and on every day: a timestamp without a zone is in UTC, and a picture must name the year.
 */
final class TimeFunctions {
    private static final Pattern YEAR = Pattern.compile("\\d{4}");
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("([+-]\\d{2})(\\d{2})$");
    private static final int MAX_TIMESTAMP = 40;
    private static final int MAX_COMPONENTS = 9;

    private TimeFunctions() {}

    /** {@code $toMillis(timestamp, picture?)}. */
    static @Nullable Object toMillis(FunctionArguments arguments) {
        var timestamp = arguments.text(0);
        if (timestamp == null) {
            return null;
        }
        if (timestamp.length() > MAX_TIMESTAMP) {
            throw EvaluationLimitException.because("A timestamp may have at most " + MAX_TIMESTAMP + " characters.");
        }
        return arguments.has(1) ? byPicture(timestamp, PictureString.of(arguments)) : iso(timestamp);
    }

    private static long iso(String timestamp) {
        try {
            return instant(timestamp).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw EvaluationLimitException.because(
                    "$toMillis cannot read '%s' as an ISO 8601 timestamp.".formatted(timestamp));
        }
    }

    private static Instant instant(String timestamp) {
        if (YEAR.matcher(timestamp).matches()) {
            return Year.parse(timestamp).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (timestamp.indexOf('T') < 0) {
            return LocalDate.parse(timestamp).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        int time = timestamp.indexOf('T');
        boolean zoned = timestamp.endsWith("Z") || timestamp.indexOf('+', time) > 0 || timestamp.indexOf('-', time) > 0;
        return zoned
                ? OffsetDateTime.parse(OFFSET_WITHOUT_COLON.matcher(timestamp).replaceFirst("$1:$2"))
                        .toInstant()
                : LocalDateTime.parse(timestamp).toInstant(ZoneOffset.UTC);
    }

    /**
     * Reads a timestamp by a picture. The library translates the picture into a regular expression in which each
     * component is a part of variable length; with few components and a short timestamp it cannot run for long.
     */
    private static @Nullable Object byPicture(String timestamp, String picture) {
        long components = picture.chars().filter(c -> c == '[').count();
        if (components > MAX_COMPONENTS || !picture.contains("[Y")) {
            throw EvaluationLimitException.because(
                    "The picture of $toMillis needs the year, [Y...], and at most %d components."
                            .formatted(MAX_COMPONENTS));
        }
        try {
            return Functions.dateTimeToMillis(timestamp, picture);
        } catch (ParseException e) {
            throw EvaluationLimitException.because(
                    "$toMillis cannot read '%s' with this picture.".formatted(timestamp));
        }
    }

    /** {@code $fromMillis(number, picture?, timezone?)}. */
    static @Nullable Object fromMillis(FunctionArguments arguments) {
        if (!(arguments.get(0) instanceof Number millis)) {
            return null;
        }
        var picture = arguments.has(1) ? PictureString.of(arguments) : null;
        return Functions.dateTimeFromMillis(millis, picture, arguments.text(2));
    }
}
