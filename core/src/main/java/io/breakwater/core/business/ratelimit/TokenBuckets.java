package io.breakwater.core.business.ratelimit;

import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The buckets of all keys: in this process, or in a store that the servers of a deployment share. Thread-safe. */
public interface TokenBuckets {

    /** Takes the tokens of a call if this process can decide alone, without waiting; returns null if it cannot. */
    @Nullable
    Decision takeLocally(List<Charge> charges);

    /** Takes the tokens of a call. It may wait for a shared store for a limited time, and decides without it then. */
    Decision take(List<Charge> charges);
}
