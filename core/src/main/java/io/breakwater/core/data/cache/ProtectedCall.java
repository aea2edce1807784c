package io.breakwater.core.data.cache;

import io.breakwater.core.metrics.CacheMeter;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls to a system that the servers of a deployment share, such as the shared tier or the event bus, protected by a {@link CircuitBreaker}. Every request runs on a thread of
 * its own, and its caller waits at most for the rest of its {@link TimeBudget}, so that no external system can delay a
 * call for longer. Thread-safe.
 */
public final class ProtectedCall {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectedCall.class);

    /** A system that takes longer than this repeatedly counts as failed, even if it answers. */
    private static final long SLOW = Duration.ofMillis(100).toNanos();

    private static final long NEVER = Long.MAX_VALUE;

    /** The maximum number of background requests; further ones are dropped. */
    private static final int MAX_BACKGROUND = 64;

    private final String name;
    private final Times times;
    private final CheckSignal signal;
    private final Callable<?> probe;
    private final ServerExecutors executors;
    private final Runnable onFailure;
    private final CircuitBreaker breaker;
    private final Semaphore background = new Semaphore(MAX_BACKGROUND);
    private final AtomicLong slowSince =
            new AtomicLong(NEVER); // when the first slow response arrived that no fast one followed
    private volatile Runnable beforeClose = () -> {};
    private volatile Runnable afterClose = () -> {};

    /**
     * Creates an instance with a closed breaker.
     *
     * @param name the name of the system, for the log
     * @param times the time budget of a call and the maximum pause between probes
     * @param probe returns normally if the system works
     * @param signal requests a health check when the breaker opens and when it has closed; the check writes the warning
     */
    ProtectedCall(
            String name,
            Times times,
            Callable<?> probe,
            ServerExecutors executors,
            CacheMeter meter,
            CheckSignal signal) {
        this(name, times, probe, executors, () -> meter.record(CacheOperation.ERROR), signal);
    }

    /**
     * Creates an instance with a closed breaker.
     *
     * @param name the name of the system, for the log
     * @param times the time budget of a call and the maximum pause between probes
     * @param probe returns normally if the system works
     * @param onFailure counts a failed request
     * @param signal requests a health check when the breaker opens and when it has closed
     */
    public ProtectedCall(
            String name,
            Times times,
            Callable<?> probe,
            ServerExecutors executors,
            Runnable onFailure,
            CheckSignal signal) {
        this.name = name;
        this.times = times;
        this.signal = signal;
        this.probe = probe;
        this.executors = executors;
        this.onFailure = onFailure;
        this.breaker = new CircuitBreaker(name, times.period(), executors, this::isHealthy, this::recovered);
    }

    /**
     * The times of a protected system.
     *
     * @param timeout the maximum time that one call waits for all its requests together
     * @param period the maximum pause between two probes of an open breaker
     */
    public record Times(Duration timeout, Duration period) {}

    /** Returns a new time budget for one call. */
    TimeBudget newBudget() {
        return TimeBudget.of(times.timeout());
    }

    /** Sets the actions for a recovery: one that runs before the breaker closes, and one that runs after. */
    void onRecovery(Runnable beforeClose, Runnable afterClose) {
        this.beforeClose = beforeClose;
        this.afterClose = afterClose;
    }

    private void recovered() {
        afterClose.run();
        signal.send();
    }

    /** Returns true if the breaker is closed. */
    public boolean isAvailable() {
        return breaker.isClosed();
    }

    /** Returns the name of the system. */
    String name() {
        return name;
    }

    /** Probes the system if its breaker is open; returns true if the breaker is closed then. May block. */
    boolean reset() {
        return breaker.reset();
    }

    /** Sends a request with a time budget of its own, and returns its response. */
    public <T> T call(Callable<T> request) throws SharedTierUnavailableException, InterruptedException {
        return call(newBudget(), request);
    }

    /** Sends a request and returns its response. */
    <T> T call(TimeBudget budget, Callable<T> request) throws SharedTierUnavailableException, InterruptedException {
        if (!breaker.isClosed()) {
            throw new SharedTierUnavailableException(breaker.reason());
        }
        return send(budget, request);
    }

    /** Sends a request from a background task, even if the breaker is open. */
    <T> T retryInBackground(Callable<T> request) throws SharedTierUnavailableException, InterruptedException {
        return send(newBudget(), request);
    }

    private <T> T send(TimeBudget budget, Callable<T> request)
            throws SharedTierUnavailableException, InterruptedException {
        if (budget.nanos() <= 0) {
            throw new SharedTierUnavailableException("The call has used up its time for the shared tier.");
        }
        boolean fullTime = budget.nanos() >= SLOW;
        var task = new FutureTask<>(request);
        long began = executors.nanoTime();
        try {
            executors.virtualThreads().execute(task);
            T response = task.get(budget.nanos(), TimeUnit.NANOSECONDS);
            checkLatency(began, executors.nanoTime());
            return response;
        } catch (TimeoutException e) {
            task.cancel(true);
            throw fullTime
                    ? failure("It did not answer in time.")
                    : new SharedTierUnavailableException("The call had too little time left.");
        } catch (ExecutionException e) {
            LOG.debug("A request failed", e.getCause());
            throw failure(reason(e));
        } catch (RejectedExecutionException e) {
            throw new SharedTierUnavailableException("The server is closing.");
        } finally {
            budget.spend(executors.nanoTime() - began);
        }
    }

    /**
     * Opens the breaker after a second slow response. A single one may be caused by a pause of this process, which
     * slows down all requests in progress; one that begins later is not.
     */
    private void checkLatency(long began, long ended) {
        long elapsed = ended - began;
        if (elapsed <= SLOW) {
            if (slowSince.get() != NEVER) { // rare, so that the threads do not write this field on each call
                slowSince.set(NEVER);
            }
        } else if (!slowSince.compareAndSet(NEVER, ended) && began >= slowSince.get()) {
            slowSince.set(NEVER);
            trip("It took " + TimeUnit.NANOSECONDS.toMillis(elapsed)
                    + " ms to answer, and the response before was slow too.");
        }
    }

    private SharedTierUnavailableException failure(String cause) {
        onFailure.run();
        trip(cause);
        return new SharedTierUnavailableException(cause);
    }

    /**
     * Opens the breaker and updates the health report, which shows the latest reason: the first one after a cold start
     * is often a timeout.
     */
    private void trip(String cause) {
        boolean changed = breaker.isClosed() || !breaker.reason().equals(cause);
        breaker.trip(cause);
        if (changed) {
            signal.send();
        }
    }

    private static String reason(ExecutionException failed) {
        var cause = failed.getCause();
        return cause instanceof PortException ? String.valueOf(cause.getMessage()) : "It failed: " + cause;
    }

    /** Runs work in the background, unless the breaker is open or too much such work is in progress. */
    void runInBackground(Callable<?> work) {
        if (!breaker.isClosed() || !background.tryAcquire()) {
            return;
        }
        try {
            executors.virtualThreads().execute(() -> runAndRelease(work));
        } catch (RejectedExecutionException closing) {
            background.release();
        }
    }

    private void runAndRelease(Callable<?> work) {
        try {
            call(newBudget(), work);
        } catch (SharedTierUnavailableException | InterruptedException e) {
            LOG.debug("A background request to the shared tier was dropped", e);
        } finally {
            background.release();
        }
    }

    /** Probes the system. */
    void check() throws SharedTierUnavailableException, InterruptedException {
        call(newBudget(), probe);
    }

    private boolean isHealthy() throws SharedTierUnavailableException, InterruptedException {
        retryInBackground(probe);
        return retryInBackground(() -> {
            beforeClose.run();
            return true;
        });
    }
}
