package io.breakwater.core.data.ratelimit;

import io.breakwater.core.business.ratelimit.TokenBuckets;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import java.util.List;

/** Buckets that only this process uses. Every decision is made at once. */
public final class LocalBuckets implements TokenBuckets {
    private final MemoryRateLimits limits;

    /** Uses these buckets. */
    public LocalBuckets(MemoryRateLimits limits) {
        this.limits = limits;
    }

    @Override
    public Decision takeLocally(List<Charge> charges) {
        return limits.takeWithoutBalances(charges);
    }

    @Override
    public Decision take(List<Charge> charges) {
        return limits.takeWithoutBalances(charges);
    }
}
