package io.breakwater.adapter.http.outbound;

import io.breakwater.port.support.SettingChecks;
import java.time.Duration;

/**
 * The limits of one exchange with a service.
 *
 * @param bodyBytes the maximum size of the response's body
 * @param timeout the maximum time from the look-up of the name to the last byte of the response. A deadline of the call
 *     can be earlier
 */
public record ResponseLimits(int bodyBytes, Duration timeout) {
    /** 256 KiB within 10 seconds. */
    public static final ResponseLimits DEFAULT = new ResponseLimits(256 << 10, Duration.ofSeconds(10));

    private static final long MAX_DAYS = 1;

    /** Refuses a negative size and a time that is not above zero. */
    public ResponseLimits {
        SettingChecks.atLeast(0, bodyBytes, "ResponseLimits.bodyBytes");
        SettingChecks.positive(timeout, MAX_DAYS, "ResponseLimits.timeout");
    }
}
