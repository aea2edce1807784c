package io.breakwater.core.data.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.core.business.authentication.FailureBudget;
import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budgets of failed checks in the memory of this process. The number of sources is limited: beyond it, sources
 * that fail seldom are forgotten first. The budget of all sources together holds even then.
 */
public final class FailureCounters implements FailureBudget {
    private final Cache<FailureSource, FailureCounter> counters;
    private final ServerExecutors executors;
    private final FailureLimit perSource;
    private final FailureLimit total;
    private final FailureCounter all;

    /** The latest end of a lock-out. While none is in the future, no counter is looked up. */
    private final AtomicLong lastLockoutEnd;

    /**
     * Creates the budgets.
     *
     * @param maxSources the maximum number of sources
     * @param perSource the budget of a source
     * @param total the budget of all sources together
     */
    public FailureCounters(int maxSources, FailureLimit perSource, FailureLimit total, ServerExecutors executors) {
        this.executors = executors;
        this.perSource = perSource;
        this.total = total;
        this.all = new FailureCounter(executors.nanoTime());
        this.lastLockoutEnd = new AtomicLong(executors.nanoTime());
        this.counters = Caffeine.newBuilder()
                .maximumSize(maxSources)
                .expireAfterAccess(perSource.memory())
                .executor(executors.virtualThreads())
                .ticker(executors::nanoTime)
                .build();
    }

    @Override
    public Duration remainingLockout(FailureSource source) {
        long now = executors.nanoTime();
        if (now - lastLockoutEnd.get() >= 0) {
            return Duration.ZERO;
        }
        var counter = counters.getIfPresent(source);
        return counter == null ? Duration.ZERO : counter.remainingLockout(now);
    }

    @Override
    public Duration remainingLockoutOfAll() {
        return all.remainingLockout(executors.nanoTime());
    }

    @Override
    public Duration withdraw(FailureSource source) {
        long now = executors.nanoTime();
        var lockout = counters.get(source, missing -> new FailureCounter(now)).withdraw(now, perSource);
        if (lockout.isZero()) {
            lockout = all.withdraw(now, total);
        }
        if (lockout.isPositive()) {
            long end = now + lockout.toNanos();
            lastLockoutEnd.accumulateAndGet(end, (one, other) -> one - other > 0 ? one : other);
        }
        return lockout;
    }

    @Override
    public void refund(FailureSource source) {
        var counter = counters.getIfPresent(source);
        if (counter != null) {
            counter.refund(perSource);
        }
        all.refund(total);
    }

    /** Returns the number of sources, for tests. */
    long size() {
        counters.cleanUp();
        return counters.estimatedSize();
    }
}
