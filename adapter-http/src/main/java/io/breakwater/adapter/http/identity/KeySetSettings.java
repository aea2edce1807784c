package io.breakwater.adapter.http.identity;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.port.support.SettingChecks;
import java.time.Duration;

/**
 * How the published keys of issuers are cached.
 *
 * @param lifetime the maximum age of keys before they are requested again
 * @param refreshAhead the time before the end of the lifetime from which the keys are requested in the background
 * @param minInterval the minimum time between two requests because of an unknown key id
 * @param staleFor the maximum age of keys while the issuer cannot be reached; more than the lifetime
 * @param timeout the maximum time of one request
 * @param maxBytes the maximum size of a key set, and of the metadata of an issuer
 */
public record KeySetSettings(
        Duration lifetime,
        Duration refreshAhead,
        Duration minInterval,
        Duration staleFor,
        Duration timeout,
        int maxBytes) {
    private static final int MIN_BYTES = 1 << 10;
    private static final long MAX_DAYS = 7;

    /** 10 minutes, refreshed after 5, at most one request in 30 seconds, and for an hour without the issuer. */
    public static final KeySetSettings DEFAULT = new KeySetSettings(
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            256 << 10);

    /** Refuses invalid values. */
    public KeySetSettings {
        positive(lifetime, "KeySetSettings.lifetime");
        positive(refreshAhead, "KeySetSettings.refreshAhead");
        positive(minInterval, "KeySetSettings.minInterval");
        positive(staleFor, MAX_DAYS, "KeySetSettings.staleFor");
        positive(timeout, "KeySetSettings.timeout");
        SettingChecks.atLeast(MIN_BYTES, maxBytes, "KeySetSettings.maxBytes");
        check(minInterval.compareTo(lifetime) < 0, "minInterval must be less than lifetime.");
        check(
                refreshAhead.plus(timeout.multipliedBy(2)).compareTo(lifetime) <= 0,
                "refreshAhead, with the time for two requests, must be at most lifetime.");
        check(staleFor.compareTo(lifetime) > 0, "staleFor must be more than lifetime.");
    }

    /** Returns these settings with another time for which keys are used without the issuer. */
    public KeySetSettings withStaleFor(Duration other) {
        return new KeySetSettings(lifetime, refreshAhead, minInterval, other, timeout, maxBytes);
    }

    /** Returns these settings with another maximum time of a request. */
    public KeySetSettings withTimeout(Duration other) {
        return new KeySetSettings(lifetime, refreshAhead, minInterval, staleFor, other, maxBytes);
    }
}
