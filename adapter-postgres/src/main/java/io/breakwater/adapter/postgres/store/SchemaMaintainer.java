package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CheckSignal;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares the store in the background, and again after an outage: it connects, migrates, and retries until it
 * succeeds. Calls wait for the first attempt; after a failed attempt, they fail at once until an attempt succeeds. A
 * call that loses its connection requests a {@link #recheck}, which does not block other calls. While other calls
 * succeed, a recheck that fails does not make the store unavailable: it may have begun before the outage ended.
 */
final class SchemaMaintainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMaintainer.class);

    private final StoreSettings settings;
    private final SettingNames names;
    private final CheckSignal signal;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private final AtomicBoolean attempting = new AtomicBoolean(true);
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name("breakwater-store").unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy()); // after close(), tasks are dropped
    private volatile @Nullable String unavailableReason = "The store has not been reached yet.";
    private volatile @Nullable String problem; // the reason for operators
    private volatile boolean callSucceeded; // since the last attempt, or since it was requested

    private SchemaMaintainer(StoreSettings settings, SettingNames names, CheckSignal signal) {
        this.settings = settings;
        this.names = names;
        this.signal = signal;
    }

    /**
     * Creates a maintainer and starts its first attempt in the background.
     *
     * @param names how messages name settings
     * @param signal requests a health check when an outage of the store begins and when it ends
     */
    static SchemaMaintainer of(StoreSettings settings, SettingNames names, CheckSignal signal) {
        var maintainer = new SchemaMaintainer(settings, names, signal);
        maintainer.thread.execute(maintainer::attempt);
        return maintainer;
    }

    /**
     * Waits until the first attempt has ended, and checks that the store is ready.
     *
     * @throws PortException.UnavailableException when the store is not ready
     */
    void await(CallContext context) {
        waitForFirstAttempt(context);
        var reason = unavailableReason;
        if (reason != null) {
            throw new PortException.UnavailableException(reason, settings.retryAfter(), null);
        }
    }

    /** The reason, for operators, why the store is not ready, with host and port; null when it is ready. */
    @Nullable
    String problem() {
        return problem;
    }

    private void waitForFirstAttempt(CallContext context) {
        var acquireTimeout = settings.pool().acquireTimeout();
        var time = context.remaining().compareTo(acquireTimeout) < 0 ? context.remaining() : acquireTimeout;
        try {
            // The result is not needed: until the first attempt ends, the store counts as unavailable.
            var unused = firstAttempt.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CallDeadline.exceeded(e);
        }
    }

    /** Starts another attempt after a failure that may mean that the store is unavailable. */
    void recheck() {
        if (attempting.compareAndSet(false, true)) {
            callSucceeded = false;
            thread.execute(this::attempt);
        }
    }

    /** Records that a call reached the store, which proves more than an attempt that fails at the same time. */
    void onCallSucceeded() {
        if (attempting.get()) {
            synchronized (this) {
                callSucceeded = true;
                if (unavailableReason != null) {
                    onReady(0);
                }
            }
        }
    }

    private void attempt() {
        try {
            int migrations = new StoreSchema(settings, names).migrate();
            attempting.set(false);
            onReady(migrations);
        } catch (SQLException | RuntimeException | LinkageError e) {
            onFailure(e);
        } finally {
            firstAttempt.countDown();
        }
    }

    private synchronized void onFailure(Throwable thrown) {
        if (!thread.isShutdown()) {
            if (callSucceeded) {
                LOG.debug("The store could not be checked, but answers calls", thrown);
            } else {
                onUnavailable(thrown);
            }
            callSucceeded = false;
            var unused = thread.schedule(this::attempt, settings.retryAfter().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void onReady(int migrations) {
        if (unavailableReason != null || migrations > 0) {
            LOG.info("The store at {} is ready; migrations applied: {}", place(), migrations);
        }
        unavailableReason = null;
        setProblem(null);
    }

    private void onUnavailable(Throwable thrown) {
        var reason = SchemaFailures.reason(thrown, settings.url());
        boolean reported = problem == null && signal.isSubscribed(); // the health check logs the warning
        if (!reported && !reason.equals(problem)) {
            LOG.warn(
                    "The store at {} cannot be used. {} Breakwater retries every {} ms.",
                    place(),
                    reason,
                    settings.retryAfter().toMillis());
        }
        unavailableReason = SchemaFailures.sentence(thrown);
        setProblem(reason);
    }

    private void setProblem(@Nullable String reason) {
        boolean changed = (problem == null) != (reason == null);
        problem = reason;
        if (changed) {
            signal.send();
        }
    }

    private String place() {
        return settings.url().address();
    }

    @Override
    public void close() {
        var unused = thread.shutdownNow();
        firstAttempt.countDown(); // ends waits for an attempt that may not happen any more
    }
}
