package io.breakwater.core.data.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Buckets in the memory of this process. Their number is limited: beyond it, keys that are used seldom are forgotten
 * first, and begin with a full bucket again. The method never blocks for longer than another call computes.
 */
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.MEMORY,
        failure = "full of keys",
        effect = OutageEffect.DEGRADE,
        behavior =
                "Keys that are used seldom are forgotten first and begin unused again. The limits `tool` and `global` "
                        + "still hold for all callers together.",
        recovery = "Unused keys make room by themselves.",
        signal = "`mcp_rate_limit_keys` at `limits.rate.keys`",
        details = "limits.md#the-product-of-the-limits")
@OutageBehavior(
        guard = "rate limits",
        dependency = GuardDependency.PROCESS,
        failure = "restarted, without Redis",
        effect = OutageEffect.DEGRADE,
        behavior = "Each limit begins unused, so at most one burst more is admitted.",
        recovery = "The limits are exact from the first call on.",
        signal = "–",
        details = "limits.md#several-servers")
public final class MemoryRateLimits implements RateLimits {
    private static final Comparator<Bucket> ORDER = Comparator.comparingLong(bucket -> bucket.number);

    private static final Decision ADMITTED = new Decision.Admitted(List.of());

    private final Cache<BucketKey, Bucket> buckets;
    private final Function<BucketKey, Bucket> newBucket;
    private final AtomicLong numbers = new AtomicLong();
    private final LongSupplier nanos;

    /**
     * Creates a store without buckets.
     *
     * @param maxKeys the maximum number of buckets
     */
    public MemoryRateLimits(int maxKeys, ServerExecutors executors) {
        this(maxKeys, executors::nanoTime, Runnable::run);
    }

    MemoryRateLimits(int maxKeys, LongSupplier nanos, Executor executor) {
        this.nanos = nanos;
        this.newBucket = missing -> new Bucket(numbers.incrementAndGet(), nanos.getAsLong());
        this.buckets =
                Caffeine.newBuilder().maximumSize(maxKeys).executor(executor).build();
    }

    @Override
    public Decision take(List<Charge> charges) {
        var used = buckets(charges);
        return lock(inOrder(used), 0, () -> decide(used, charges, MemoryRateLimits::takeWithBalances));
    }

    /** Takes like {@link #take}, but reports no balances, and so allocates almost nothing. */
    Decision takeWithoutBalances(List<Charge> charges) {
        var used = buckets(charges);
        return lock(inOrder(used), 0, () -> decide(used, charges, MemoryRateLimits::takeAll));
    }

    private Bucket[] buckets(List<Charge> charges) {
        var used = new Bucket[charges.size()];
        for (int i = 0; i < used.length; i++) {
            used[i] = buckets.get(charges.get(i).key(), newBucket);
        }
        return used;
    }

    /** Returns the buckets in the order of their numbers; the array itself if they are in this order. */
    private static Bucket[] inOrder(Bucket[] buckets) {
        for (int i = 1; i < buckets.length; i++) {
            if (buckets[i - 1].number > buckets[i].number) {
                var sorted = buckets.clone();
                Arrays.sort(sorted, ORDER);
                return sorted;
            }
        }
        return buckets;
    }

    private static Decision lock(Bucket[] order, int next, Supplier<Decision> work) {
        if (next == order.length) {
            return work.get();
        }
        synchronized (order[next]) {
            return lock(order, next + 1, work);
        }
    }

    private Decision decide(Bucket[] used, List<Charge> charges, Taking taking) {
        long now = nanos.getAsLong();
        int last = -1;
        long longest = 0;
        for (int i = 0; i < used.length; i++) {
            long missing = used[i].missing(charges.get(i), now);
            if (missing > longest) {
                longest = missing;
                last = i;
            }
        }
        return last < 0 ? taking.take(used, charges, now) : new Decision.Refused(last, Duration.ofNanos(longest));
    }

    /** Takes the tokens of all charges, none of which are missing. */
    @FunctionalInterface
    private interface Taking {
        Decision take(Bucket[] used, List<Charge> charges, long now);
    }

    private static Decision takeWithBalances(Bucket[] used, List<Charge> charges, long now) {
        var balances = new Balance[used.length];
        for (int i = 0; i < used.length; i++) {
            balances[i] = used[i].take(charges.get(i), now);
        }
        return new Decision.Admitted(List.of(balances));
    }

    private static Decision takeAll(Bucket[] used, List<Charge> charges, long now) {
        for (int i = 0; i < used.length; i++) {
            var unused = used[i].take(charges.get(i), now);
        }
        return ADMITTED;
    }

    /** Returns the number of buckets, for metrics. */
    public long size() {
        return buckets.estimatedSize();
    }

    /** Runs pending evictions, for tests. */
    void cleanUp() {
        buckets.cleanUp();
    }
}
