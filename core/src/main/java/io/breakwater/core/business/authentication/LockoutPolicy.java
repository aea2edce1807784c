package io.breakwater.core.business.authentication;

import io.breakwater.port.driven.LoginFailures.Counter;
import java.time.Duration;
import java.time.Instant;

/**
 * The lock-out of a name after failed logins: the fifth failure locks the name for a second, and each further one twice
 * as long as the one before, up to 15 minutes. A day without failures ends it.
 */
final class LockoutPolicy {
    private static final int FIRST_LOCKING_FAILURE = 5;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration MEMORY = Duration.ofDays(1);

    private LockoutPolicy() {}

    /** Returns how long the name is still locked; zero if it is not. */
    static Duration remaining(Counter counter, Instant now) {
        var rest = Duration.between(now, counter.last().plus(length(counter.failures())));
        return isPast(counter, now) || rest.isNegative() ? Duration.ZERO : rest;
    }

    /** Returns the counter after one more failure. */
    static Counter afterFailure(Counter counter, Instant now) {
        return (isPast(counter, now) ? Counter.NONE : counter).plusOne(now);
    }

    private static boolean isPast(Counter counter, Instant now) {
        return !counter.last().plus(MEMORY).isAfter(now);
    }

    private static Duration length(int failures) {
        int doublings = failures - FIRST_LOCKING_FAILURE;
        if (doublings < 0) {
            return Duration.ZERO;
        }
        var length = FIRST.multipliedBy(1L << Math.min(doublings, 20));
        return length.compareTo(LONGEST) < 0 ? length : LONGEST;
    }
}
