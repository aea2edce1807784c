package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The circuit breaker of each instance of an HTTP service. After this many failures in succession the instance gets no
 * calls; after the pause, one call tries it. Responses with a status below 500 and cancelled calls are no failures.
 *
 * @param failures the number of failures in succession
 * @param pause the time without calls
 */
public record ServiceBreaker(int failures, Duration pause) {
    private static final int MAX_DAYS = 1;

    /** The defaults: 5 failures, 60 s. */
    public static final ServiceBreaker STANDARD = new ServiceBreaker(5, Duration.ofSeconds(60));

    /** Refuses values that are not above zero. */
    public ServiceBreaker {
        positive(failures, "ServiceBreaker.failures");
        positive(pause, MAX_DAYS, "ServiceBreaker.pause");
    }
}
