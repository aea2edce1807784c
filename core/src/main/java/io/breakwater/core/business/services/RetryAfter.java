package io.breakwater.core.business.services;

import io.breakwater.port.driven.ServiceOutcome.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code Retry-After} (RFC 9110, section 10.2.3): a number of seconds or a date. */
final class RetryAfter {
    /** A caller who waits longer misses that another instance, or the same one, is available again. */
    private static final Duration MAX = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** Returns the time to wait, at most an hour; null if the field is absent or invalid. */
    static @Nullable Duration of(Response response, Instant now) {
        return response.field("retry-after")
                .map(String::strip)
                .flatMap(value -> parse(value, now))
                .map(RetryAfter::bounded)
                .orElse(null);
    }

    private static Optional<Duration> parse(String value, Instant now) {
        if (SECONDS.matcher(value).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(now, date.toInstant()));
        } catch (DateTimeParseException invalid) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration time) {
        return time.isNegative() ? Duration.ZERO : time.compareTo(MAX) > 0 ? MAX : time;
    }
}
