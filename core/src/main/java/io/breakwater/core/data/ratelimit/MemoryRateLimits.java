package io.breakwater.core.data.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Buckets in the memory of this process. Their number is limited: beyond it, keys that are used seldom are forgotten
 * first, and begin with a full bucket again. The method never blocks for longer than another call computes.
 */
public final class MemoryRateLimits implements RateLimits {
    private static final Comparator<Bucket> ORDER = Comparator.comparingLong(bucket -> bucket.number);

    private final Cache<BucketKey, Bucket> buckets;
    private final AtomicLong numbers = new AtomicLong();
    private final LongSupplier nanos;

    /**
     * Creates a store without buckets.
     *
     * @param maxKeys the maximum number of buckets
     */
    public MemoryRateLimits(int maxKeys, ServerExecutors executors) {
        this(maxKeys, executors::nanoTime, executors.virtualThreads());
    }

    MemoryRateLimits(int maxKeys, LongSupplier nanos, Executor executor) {
        this.nanos = nanos;
        this.buckets =
                Caffeine.newBuilder().maximumSize(maxKeys).executor(executor).build();
    }

    @Override
    public Decision take(List<Charge> charges) {
        var used = new Bucket[charges.size()];
        for (int i = 0; i < used.length; i++) {
            used[i] = buckets.get(charges.get(i).key(), missing -> newBucket());
        }
        return lock(inOrder(used), 0, used, charges);
    }

    private Bucket newBucket() {
        return new Bucket(numbers.incrementAndGet(), nanos.getAsLong());
    }

    private static Bucket[] inOrder(Bucket[] buckets) {
        if (buckets.length == 1) {
            return buckets;
        }
        var sorted = buckets.clone();
        Arrays.sort(sorted, ORDER);
        return sorted;
    }

    private Decision lock(Bucket[] order, int next, Bucket[] used, List<Charge> charges) {
        if (next == order.length) {
            return decide(used, charges, nanos.getAsLong());
        }
        synchronized (order[next]) {
            return lock(order, next + 1, used, charges);
        }
    }

    private static Decision decide(Bucket[] used, List<Charge> charges, long now) {
        int last = -1;
        long longest = 0;
        for (int i = 0; i < used.length; i++) {
            long missing = used[i].missing(charges.get(i), now);
            if (missing > longest) {
                longest = missing;
                last = i;
            }
        }
        if (last >= 0) {
            return new Decision.Refused(last, Duration.ofNanos(longest));
        }
        var balances = new Balance[used.length];
        for (int i = 0; i < used.length; i++) {
            balances[i] = used[i].take(charges.get(i), now);
        }
        return new Decision.Admitted(List.of(balances));
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
