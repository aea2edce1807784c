package io.breakwater.core.data.ratelimit;

import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.Balance;
import io.breakwater.port.driven.RateLimits.Charge;
import java.time.Duration;

/**
 * The bucket of one key. The generic cell rate algorithm needs one number: the time at which the bucket is full again,
 * which a token moves by one interval. The lock of the bucket guards it. Threads that lock several buckets lock them in
 * the order of their numbers.
 */
final class Bucket {
    final long number;
    private long full;

    Bucket(long number, long now) {
        this.number = number;
        this.full = now;
    }

    /** Returns the time until the bucket has the tokens for a charge, in nanoseconds; zero or less if it has them. */
    long missing(Charge charge, long now) {
        return charge.needed() * charge.limit().interval() - free(charge, now);
    }

    /** Takes the tokens of a charge for which none are missing. */
    Balance take(Charge charge, long now) {
        long interval = charge.limit().interval();
        long free = free(charge, now);
        long tokens = Math.floorDiv(free, interval);
        int taken = (int) Math.max(charge.cost(), Math.min(charge.most(), tokens));
        full += taken * interval;
        long remaining = tokens - taken;
        return new Balance(
                taken,
                remaining,
                remaining > 0 ? Duration.ZERO : Duration.ofNanos(interval - (free - taken * interval)));
    }

    /** Returns the tokens as a time: one interval for each. */
    private long free(Charge charge, long now) {
        return charge.limit().burst() * charge.limit().interval() - debt(charge, now);
    }

    /** Returns the time until the bucket is full. After the clock jumped back, it is at most what calls can cause. */
    private long debt(Charge charge, long now) {
        long longest = (charge.limit().burst() + (long) RateLimits.MAX_OVERDRAFT)
                * charge.limit().interval();
        long debt = Math.clamp(full - now, 0, longest);
        full = now + debt;
        return debt;
    }
}
