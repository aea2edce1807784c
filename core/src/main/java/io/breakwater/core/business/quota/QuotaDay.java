package io.breakwater.core.business.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A day of quotas, from midnight to midnight UTC.
 *
 * @param number the number of days since 1970-01-01
 */
public record QuotaDay(long number) {
    private static final long SECONDS = Duration.ofDays(1).toSeconds();

    /** Returns the day of a time. */
    public static QuotaDay of(Instant time) {
        return new QuotaDay(Math.floorDiv(time.getEpochSecond(), SECONDS));
    }

    /** Returns the date. */
    public LocalDate date() {
        return LocalDate.ofEpochDay(number);
    }

    /** Returns the time at which quotas reset. */
    public Instant end() {
        return Instant.ofEpochSecond((number + 1) * SECONDS);
    }
}
