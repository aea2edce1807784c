package io.breakwater.port;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;

/**
 * A limit on the rate of calls, for the generic cell rate algorithm (GCRA): a bucket of {@code burst} tokens, which gets
 * one token more every {@code period / calls} until it is full. A call takes one token.
 *
 * @param calls the number of calls in a period, at most one for each microsecond
 * @param period the length of a period, at most a day
 * @param burst the number of calls that are admitted at once, from 1 to 1,000,000, and not
 *     more than a year's calls
 */
public record RateLimit(int calls, Duration period, int burst) {
    private static final Duration MAX_PERIOD = Duration.ofDays(1);
    private static final Duration MAX_REFILL = Duration.ofDays(365);
    private static final int MAX_BURST = 1_000_000;
    private static final int MIN_BURST = 10;
    private static final int BURST_DIVISOR = 10;
    private static final long MIN_INTERVAL = 1_000;

    /** Refuses values out of range. */
    public RateLimit {
        positive(calls, "RateLimit.calls");
        positive(period, 1, "RateLimit.period");
        positive(burst, "RateLimit.burst");
        check(burst <= MAX_BURST, "burst must be at most " + MAX_BURST + ", but is " + burst + ".");
        check(
                burst <= MAX_REFILL.toNanos() / Math.max(1, period.toNanos() / calls),
                "burst is " + burst + ", which " + calls + " calls in " + period
                        + " would take more than a year to reach. Choose a smaller one.");
        check(
                period.toNanos() / calls >= MIN_INTERVAL,
                "calls must be at most one for each microsecond of the period, but is " + calls + " in " + period
                        + ".");
    }

    /** Returns a limit whose burst is a tenth of the calls, but at least 10, and never more than the calls. */
    public static RateLimit of(int calls, Duration period) {
        int burst = Math.min(calls, Math.max(MIN_BURST, calls / BURST_DIVISOR));
        return new RateLimit(calls, period, Math.max(1, Math.min(MAX_BURST, burst)));
    }

    /** Returns a limit on the calls in a minute, with the burst of {@link #of}. */
    public static RateLimit perMinute(int calls) {
        return of(calls, Duration.ofMinutes(1));
    }

    /** Returns a limit on the calls in a second, with the burst of {@link #of}. */
    public static RateLimit perSecond(int calls) {
        return of(calls, Duration.ofSeconds(1));
    }

    /** Returns this limit with another burst. */
    public RateLimit withBurst(int burst) {
        return new RateLimit(calls, period, burst);
    }

    /** Returns the share of one of several servers that limit the calls separately; at least one call a day. */
    public RateLimit share(int servers) {
        var each = period.multipliedBy(servers).dividedBy(calls);
        return servers == 1
                ? this
                : new RateLimit(1, each.compareTo(MAX_PERIOD) > 0 ? MAX_PERIOD : each, Math.max(1, burst / servers));
    }

    /** Returns the time in which the bucket gets one token, in nanoseconds. */
    public long interval() {
        return period.toNanos() / calls;
    }

    /** Returns the number of calls in a minute. */
    public double callsPerMinute() {
        return (double) Duration.ofMinutes(1).toNanos() * calls / period.toNanos();
    }
}
