package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * The limits of authentication.
 *
 * @param tokens the maximum number of verified tokens in memory, and of rejected ones
 * @param verifyAgain the time after which a token that was valid is verified again
 * @param verifications the maximum number of verifications at once
 * @param verificationTimeout the time limit of a verification
 * @param sources the maximum number of addresses whose failures are counted
 * @param failures the number of failed checks that one address may cause at once, and therefore the number of its new
 *     tokens that are verified at once
 * @param failureInterval the time after which an address may cause one more
 * @param maxLockout the longest time for which an address is locked out after it used its budget up
 * @param totalFailures the number of failed checks in a second that all addresses may cause together
 */
public record AuthenticationLimits(
        int tokens,
        Duration verifyAgain,
        int verifications,
        Duration verificationTimeout,
        int sources,
        int failures,
        Duration failureInterval,
        Duration maxLockout,
        int totalFailures) {

    /** Refuses limits under which no credential can be checked. */
    public AuthenticationLimits {
        positive(tokens, "AuthenticationLimits.tokens");
        positive(verifyAgain, "AuthenticationLimits.verifyAgain");
        positive(verifications, "AuthenticationLimits.verifications");
        positive(verificationTimeout, "AuthenticationLimits.verificationTimeout");
        positive(sources, "AuthenticationLimits.sources");
        positive(failures, "AuthenticationLimits.failures");
        positive(failureInterval, "AuthenticationLimits.failureInterval");
        positive(maxLockout, "AuthenticationLimits.maxLockout");
        positive(totalFailures, "AuthenticationLimits.totalFailures");
    }

    /**
     * Returns the defaults: 10,000 tokens, which are verified again after 5 min; 64 verifications at once, of at most
     * 8 s; 50,000 addresses with 50 failures at once and one more every 2 s, lock-outs of up to 5 min; and 500 failures
     * in a second in total.
     */
    public static AuthenticationLimits standard() {
        return new AuthenticationLimits(
                10_000,
                Duration.ofMinutes(5),
                64,
                Duration.ofSeconds(8),
                50_000,
                50,
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                500);
    }
}
