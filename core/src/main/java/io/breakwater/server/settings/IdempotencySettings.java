package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The settings for idempotency keys.
 *
 * @param retention the time for which a key and its result are kept, from the first call with the key on
 */
public record IdempotencySettings(Duration retention) {
    private static final Duration MAX_RETENTION = Duration.ofDays(30);

    /** Refuses a retention that is not positive, or longer than 30 days. */
    public IdempotencySettings {
        positive(retention, "IdempotencySettings.retention");
        check(retention.compareTo(MAX_RETENTION) <= 0, "retention must be at most 30 days, but is " + retention + ".");
    }

    /** Returns the defaults: a day. */
    public static IdempotencySettings standard() {
        return new IdempotencySettings(Duration.ofDays(1));
    }
}
