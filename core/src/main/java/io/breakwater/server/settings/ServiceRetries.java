package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * How often a request to an HTTP service is repeated after a failure. Only a request is repeated that may be: its method
 * is idempotent, it has an idempotency key that the service honours, or it certainly did not reach an instance.
 *
 * @param retries the maximum number of repetitions of a request; 0 for none
 * @param backoff the maximum pause before the first repetition, which doubles with each further one. The pause is a random
 *     time between a half of it and all of it
 * @param budgetPercent the maximum number of repetitions of all requests to the service, in percent of these requests
 */
public record ServiceRetries(int retries, Duration backoff, int budgetPercent) {
    private static final int MAX_DAYS = 1;
    private static final int MAX_RETRIES = 10;
    private static final int MAX_PERCENT = 100;

    /** The defaults: 3 repetitions after at most 1 s, 2 s and 4 s, and no more than 10 percent. */
    public static final ServiceRetries STANDARD = new ServiceRetries(3, Duration.ofSeconds(1), 10);

    /** Refuses values out of range. */
    public ServiceRetries {
        atLeast(0, retries, "ServiceRetries.retries");
        check(retries <= MAX_RETRIES, "retries must be at most 10, but is " + retries + ".");
        positive(backoff, MAX_DAYS, "ServiceRetries.backoff");
        atLeast(0, budgetPercent, "ServiceRetries.budgetPercent");
        check(budgetPercent <= MAX_PERCENT, "budgetPercent must be at most 100, but is " + budgetPercent + ".");
    }
}
