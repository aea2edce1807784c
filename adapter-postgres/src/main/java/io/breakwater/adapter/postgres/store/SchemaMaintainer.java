package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
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
 * Gets the store ready in the background, and again after it was away: connects, migrates, and tries anew until it has
 * worked. Calls wait for the first attempt; once one has failed, they are told so at once until one succeeds. A call
 * that loses its connection raises a {@link #recheck}, which is looked into without stopping the others.
 */
final class SchemaMaintainer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaMaintainer.class);

    private final StoreSettings settings;
    private final CheckSignal signal;
    private final CountDownLatch tried = new CountDownLatch(1);
    private final AtomicBoolean looking = new AtomicBoolean(true);
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name("breakwater-store").unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy()); // closed, it has nothing to look after
    private volatile @Nullable String down = "The store has not been reached yet.";
    private volatile @Nullable String problem; // the same for operators

    private SchemaMaintainer(StoreSettings settings, CheckSignal signal) {
        this.settings = settings;
        this.signal = signal;
    }

    /**
     * Begins at once, in the background.
     *
     * @param signal requests a health check when the store goes away and when it is back
     */
    static SchemaMaintainer of(StoreSettings settings, CheckSignal signal) {
        var upkeep = new SchemaMaintainer(settings, signal);
        upkeep.thread.execute(upkeep::look);
        return upkeep;
    }

    /**
     * Returns when the store is ready.
     *
     * @throws PortException.UnavailableException when it is not
     */
    void await(CallContext scope) {
        waitForFirstAttempt(scope);
        var reason = down;
        if (reason != null) {
            throw new PortException.UnavailableException(reason, settings.retryAfter(), null);
        }
    }

    /** For operators: why the store is not ready, with host and port; null when it is. */
    @Nullable
    String problem() {
        return problem;
    }

    private void waitForFirstAttempt(CallContext scope) {
        var patience = settings.pool().acquireTimeout();
        var time = scope.remaining().compareTo(patience) < 0 ? scope.remaining() : patience;
        try {
            // Whether it has ended is not asked: until then the store is down.
            var unused = tried.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlFailures.timedOut(e);
        }
    }

    /** Something went wrong that may mean that the store is away. */
    void recheck() {
        if (looking.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    private void look() {
        try {
            int migrations = new StoreSchema(settings).migrate();
            looking.set(false);
            up(migrations);
        } catch (SQLException | RuntimeException | LinkageError e) {
            failed(e);
        } finally {
            tried.countDown();
        }
    }

    private void failed(Throwable thrown) {
        if (!thread.isShutdown()) {
            down(thrown);
            var unused = thread.schedule(this::look, settings.retryAfter().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void up(int migrations) {
        if (down != null || migrations > 0) {
            LOG.info("The store at {} is ready; migrations made: {}", place(), migrations);
        }
        down = null;
        setProblem(null);
    }

    private void down(Throwable thrown) {
        var reason = SchemaFailures.reason(thrown, settings.url());
        boolean reported = problem == null && signal.isSubscribed(); // by the health check
        if (!reported && !reason.equals(problem)) {
            LOG.warn(
                    "The store at {} cannot be used. {} Breakwater tries again every {} ms.",
                    place(),
                    reason,
                    settings.retryAfter().toMillis());
        }
        down = SchemaFailures.sentence(thrown);
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
        tried.countDown(); // nobody waits for an attempt that may not come any more
    }
}
