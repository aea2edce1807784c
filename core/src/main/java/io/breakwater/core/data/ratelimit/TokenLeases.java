package io.breakwater.core.data.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;

/**
 * Tokens that this server has taken from the shared store for later calls: of the global limit, in blocks of at most 0.5
 * percent of its calls, and of limits of 60,000 calls in a minute or more, in blocks of at most 0.1 percent of the calls
 * in a minute. Tokens that are not used within a minute are dropped, so that a server that was idle does not add them to
 * a later burst.
 */
final class TokenLeases {
    private static final double GLOBAL_SHARE = 0.005;
    private static final double MINUTE_SHARE = 0.001;
    private static final double MIN_CALLS_PER_MINUTE = 60_000;
    private static final long LIFETIME = Duration.ofMinutes(1).toNanos();

    private final Cache<BucketKey, Lease> leases;
    private final ServerExecutors executors;

    TokenLeases(int maxKeys, ServerExecutors executors) {
        this.executors = executors;
        this.leases = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .executor(executors.virtualThreads())
                .build();
    }

    /** Returns the number of tokens to take at once; 1 if the key is not leased. */
    static int block(Charge charge) {
        var limit = charge.limit();
        if (charge.key().scope() == Scope.GLOBAL) {
            return (int) Math.max(1, limit.calls() * GLOBAL_SHARE);
        }
        return limit.callsPerMinute() < MIN_CALLS_PER_MINUTE ? 1 : (int) (limit.callsPerMinute() * MINUTE_SHARE);
    }

    /** Takes the tokens of a charge from the lease of its key; false if the lease has too few. */
    boolean take(Charge charge) {
        var lease = leases.getIfPresent(charge.key());
        return lease != null && lease.take(charge.cost(), executors.nanoTime());
    }

    /** Adds tokens to the lease of a key. */
    void add(BucketKey key, int tokens) {
        leases.get(key, missing -> new Lease()).add(tokens, executors.nanoTime() + LIFETIME);
    }

    /** The tokens of one key. */
    private static final class Lease {
        private int tokens; // guarded by this
        private long end; // guarded by this

        synchronized boolean take(int cost, long now) {
            if (tokens == 0 || now - end >= 0) {
                tokens = 0;
                return false;
            }
            boolean enough = tokens >= cost;
            tokens -= enough ? cost : 0;
            return enough;
        }

        synchronized void add(int more, long newEnd) {
            tokens += more;
            end = newEnd;
        }
    }
}
