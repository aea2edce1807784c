package io.breakwater.core.data.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.breakwater.core.business.authentication.FailureBudget;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.Granted;
import io.breakwater.core.business.authentication.FailureBudget.Reservation.LockedOut;
import io.breakwater.core.business.authentication.FailureSource;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budgets of failed checks in the memory of this process. The number of sources is limited: beyond it, sources
 * that fail seldom are forgotten first. The budget of all sources together holds even then.
 */
@OutageBehavior(
        guard = "budgets of failed credentials",
        dependency = GuardDependency.MEMORY,
        failure = "full of addresses",
        effect = OutageEffect.DEGRADE,
        behavior = "Addresses that fail seldom are forgotten first. The budget of all addresses together still holds.",
        recovery = "Quiet addresses make room by themselves.",
        signal = "`mcp_auth_failures_total`",
        details = "security.md#when-something-that-authentication-needs-fails")
@OutageBehavior(
        guard = "budgets of failed credentials",
        dependency = GuardDependency.PROCESS,
        failure = "restarted",
        effect = OutageEffect.DEGRADE,
        behavior = "The budgets begin unused. Failed logins with one name are in the store and still count.",
        recovery = "The budgets are exact from the first failure on.",
        signal = "–",
        details = "security.md#when-something-that-authentication-needs-fails")
public final class FailureCounters implements FailureBudget {
    private final Cache<FailureSource, FailureCounter> counters;
    private final ServerExecutors executors;
    private final FailureLimit perSource;
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
        this.all = new FailureCounter(total, executors::nanoTime);
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
        if (executors.nanoTime() - lastLockoutEnd.get() >= 0) {
            return Duration.ZERO;
        }
        var counter = counters.getIfPresent(source);
        return counter == null ? Duration.ZERO : counter.remainingLockout();
    }

    @Override
    public Duration remainingLockoutOfAll() {
        return all.remainingLockout();
    }

    @Override
    public Duration withdraw(FailureSource source) {
        var lockout = counter(source).withdraw();
        return remember(lockout.isZero() && countsForAll(source) ? all.withdraw() : lockout);
    }

    @Override
    public Reservation reserve(FailureSource source, Duration maxWait) {
        long begin = executors.nanoTime();
        var lockoutOfAll = remainingLockoutOfAll();
        if (lockoutOfAll.isPositive()) {
            return new LockedOut(lockoutOfAll);
        }
        var own = counter(source).reserve(maxWait);
        if (!(own instanceof Granted ofSource)) {
            return remember(own);
        }
        var common = all.reserve(maxWait.minusNanos(executors.nanoTime() - begin));
        if (!(common instanceof Granted ofAll)) {
            ofSource.release();
            return remember(common);
        }
        return new SharedReservation(ofSource, ofAll);
    }

    /** A failure with a key is also counted for its address, and only once for all sources. */
    private static boolean countsForAll(FailureSource source) {
        return source.key().isEmpty();
    }

    private FailureCounter counter(FailureSource source) {
        return counters.get(source, missing -> new FailureCounter(perSource, executors::nanoTime));
    }

    private Reservation remember(Reservation refused) {
        if (refused instanceof LockedOut(var remaining)) {
            remember(remaining);
        }
        return refused;
    }

    private Duration remember(Duration lockout) {
        if (lockout.isPositive()) {
            long end = executors.nanoTime() + lockout.toNanos();
            lastLockoutEnd.accumulateAndGet(end, (one, other) -> one - other > 0 ? one : other);
        }
        return lockout;
    }

    /** One failure of a source, which is also one of all sources together. */
    private record SharedReservation(Granted ofSource, Granted ofAll) implements Granted {
        @Override
        public void fail() {
            ofSource.fail();
            ofAll.fail();
        }

        @Override
        public void release() {
            ofSource.release();
            ofAll.release();
        }
    }

    /** Returns the number of sources, for tests. */
    long size() {
        counters.cleanUp();
        return counters.estimatedSize();
    }
}
