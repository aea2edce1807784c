package io.breakwater.core.data.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys that have no token in the shared store, and the times at which they have one again. Until then, no other
 * server can get a token either, so calls are refused without asking. The number of keys is limited: a call with a
 * forgotten one asks again.
 */
final class Denials {
    private final Cache<BucketKey, Long> ends;
    private final ServerExecutors executors;

    /** The latest end. While it is in the past, no key is looked up. */
    private final AtomicLong lastEnd;

    Denials(int maxKeys, ServerExecutors executors) {
        this.executors = executors;
        this.lastEnd = new AtomicLong(executors.nanoTime());
        this.ends = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .executor(Runnable::run)
                .build();
    }

    /** Records that a key has no token for this time. */
    void add(BucketKey key, Duration time) {
        long end = executors.nanoTime() + time.toNanos();
        ends.put(key, end);
        lastEnd.accumulateAndGet(end, (one, other) -> one - other > 0 ? one : other);
    }

    /** Returns the refusal of a call with a key that has no token; null if there is no such key. */
    @Nullable
    Refused find(List<Charge> charges) {
        long now = executors.nanoTime();
        if (now - lastEnd.get() >= 0) {
            return null;
        }
        int last = -1;
        long longest = 0;
        for (int i = 0; i < charges.size(); i++) {
            long left = remaining(charges.get(i).key(), now);
            if (left > longest) {
                longest = left;
                last = i;
            }
        }
        return last < 0 ? null : new Refused(last, Duration.ofNanos(longest));
    }

    private long remaining(BucketKey key, long now) {
        var end = ends.getIfPresent(key);
        if (end == null) {
            return 0;
        }
        if (now - end >= 0) {
            ends.asMap().remove(key, end);
            return 0;
        }
        return end - now;
    }
}
