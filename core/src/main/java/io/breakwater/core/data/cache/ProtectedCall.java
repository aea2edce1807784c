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
 * Something beyond the process, behind a {@link CircuitBreaker}. Every question is asked on a thread of its own and
 * waited for as long as its call's {@link TimeBudget} lasts, so that nothing beyond the process can hold a call,
 * whatever it promises. Thread-safe.
 */
final class ProtectedCall {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectedCall.class);

    /** What takes longer again and again is in trouble, even when it answers. */
    private static final long SLOW = Duration.ofMillis(100).toNanos();

    private static final long NEVER = Long.MAX_VALUE;

    /** How many things that nobody waits for may be under way; further ones are left out. */
    private static final int UNWATCHED = 64;

    private final Times times;
    private final CheckSignal signal;
    private final Callable<?> probe;
    private final ServerExecutors lanes;
    private final CacheMeter meter;
    private final CircuitBreaker breaker;
    private final Semaphore unwatched = new Semaphore(UNWATCHED);
    private final AtomicLong slowSince =
            new AtomicLong(NEVER); // when the first slow answer without a quick one after it came
    private volatile Runnable before = () -> {};
    private volatile Runnable after = () -> {};

    /**
     * Behind a breaker that is closed.
     *
     * @param name for the log
     * @param times how long a call waits, and how long an open breaker pauses
     * @param probe answers when all is well
     * @param signal requests a health check when the breaker opens and when it has closed; the check writes the warning
     */
    ProtectedCall(
            String name, Times times, Callable<?> probe, ServerExecutors lanes, CacheMeter meter, CheckSignal signal) {
        this.times = times;
        this.signal = signal;
        this.probe = probe;
        this.lanes = lanes;
        this.meter = meter;
        this.breaker = new CircuitBreaker(name, times.period(), lanes, this::well, this::recovered);
    }

    /**
     * How long it is waited for.
     *
     * @param timeout one call waits at most so long for all its questions together
     * @param period the longest pause before an open breaker asks again
     */
    record Times(Duration timeout, Duration period) {}

    /** What a call has at its beginning. */
    TimeBudget patience() {
        return TimeBudget.of(times.timeout());
    }

    /** What is done when it answers again: before anybody passes, and after. */
    void onRecovery(Runnable before, Runnable after) {
        this.before = before;
        this.after = after;
    }

    private void recovered() {
        after.run();
        signal.send();
    }

    /** True when it may be asked. */
    boolean open() {
        return breaker.closed();
    }

    /** The answer to a question. */
    <T> T call(TimeBudget patience, Callable<T> question) throws SharedTierUnavailableException, InterruptedException {
        if (!breaker.closed()) {
            throw new SharedTierUnavailableException(breaker.reason());
        }
        return answer(patience, question);
    }

    /** The answer to a question of the background, which is asked even when calls leave it alone. */
    <T> T retryInBackground(Callable<T> question) throws SharedTierUnavailableException, InterruptedException {
        return answer(patience(), question);
    }

    private <T> T answer(TimeBudget patience, Callable<T> question)
            throws SharedTierUnavailableException, InterruptedException {
        if (patience.nanos() <= 0) {
            throw new SharedTierUnavailableException("This call has waited for long enough.");
        }
        boolean enough = patience.nanos() >= SLOW;
        var asked = new FutureTask<>(question);
        long began = lanes.nanoTime();
        try {
            lanes.virtualThreads().execute(asked);
            T answer = asked.get(patience.nanos(), TimeUnit.NANOSECONDS);
            judge(began, lanes.nanoTime());
            return answer;
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw enough
                    ? trouble("It did not answer in time.")
                    : new SharedTierUnavailableException("There was little time left.");
        } catch (ExecutionException e) {
            LOG.debug("It failed", e.getCause());
            throw trouble(reason(e));
        } catch (RejectedExecutionException e) {
            throw new SharedTierUnavailableException("The server is closing.");
        } finally {
            patience.spend(lanes.nanoTime() - began);
        }
    }

    /**
     * One slow answer may have been a pause of this process, which makes slow whatever is under way; a later one is
     * not.
     */
    private void judge(long began, long ended) {
        long took = ended - began;
        if (took <= SLOW) {
            if (slowSince.get() != NEVER) { // seldom: what is read by all is not written by all
                slowSince.set(NEVER);
            }
        } else if (!slowSince.compareAndSet(NEVER, ended) && began >= slowSince.get()) {
            slowSince.set(NEVER);
            trip("It took " + TimeUnit.NANOSECONDS.toMillis(took) + " ms to answer, and was as slow before.");
        }
    }

    private SharedTierUnavailableException trouble(String why) {
        meter.record(CacheOperation.ERROR);
        trip(why);
        return new SharedTierUnavailableException(why);
    }

    /**
     * The health report has the latest reason: the first one of a cold start is often that nothing answered in time.
     */
    private void trip(String why) {
        boolean news = breaker.closed() || !breaker.reason().equals(why);
        breaker.trip(why);
        if (news) {
            signal.send();
        }
    }

    private static String reason(ExecutionException failed) {
        var cause = failed.getCause();
        return cause instanceof PortException ? String.valueOf(cause.getMessage()) : "It failed: " + cause;
    }

    /** Does something that nobody waits for, unless there is too much of that already. */
    void later(Callable<?> work) {
        if (!breaker.closed() || !unwatched.tryAcquire()) {
            return;
        }
        try {
            lanes.virtualThreads().execute(() -> unwatched(work));
        } catch (RejectedExecutionException closing) {
            unwatched.release();
        }
    }

    private void unwatched(Callable<?> work) {
        try {
            call(patience(), work);
        } catch (SharedTierUnavailableException | InterruptedException e) {
            LOG.debug("Something was left undone that others can do without", e);
        } finally {
            unwatched.release();
        }
    }

    /** Asks whether all is well. */
    void check() throws SharedTierUnavailableException, InterruptedException {
        call(patience(), probe);
    }

    private boolean well() throws SharedTierUnavailableException, InterruptedException {
        retryInBackground(probe);
        return retryInBackground(() -> {
            before.run();
            return true;
        });
    }
}
