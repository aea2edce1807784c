package io.breakwater.core.data.service;

import io.breakwater.port.driven.ServiceOutcome;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The header field {@code Retry-After} (RFC 9110 section 10.2.3): a number of seconds, or a date. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** No call waits longer. */
    private static final Duration MAXIMUM = Duration.ofDays(1);

    private RetryAfter() {}

    /** Returns the time from now, at most a day; zero if the response has no field, or one that means nothing. */
    static Duration of(ServiceOutcome.Response response, Instant now) {
        return response.field("retry-after")
                .map(text -> parse(text.strip(), now))
                .map(time -> time.isNegative() ? Duration.ZERO : time)
                .map(time -> time.compareTo(MAXIMUM) > 0 ? MAXIMUM : time)
                .orElse(Duration.ZERO);
    }

    private static Duration parse(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException | ArithmeticException malformed) {
            return Duration.ZERO;
        }
    }
}
