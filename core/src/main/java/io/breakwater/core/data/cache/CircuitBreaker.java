package io.breakwater.core.data.cache;

import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls away from something that fails or is slow. It has two states: closed, everybody passes; open, nobody
 * does. The first trouble opens it; from then on probes in the background, at no caller's expense, find out whether it
 * may close again. The first one comes soon, because the trouble may have been a moment of this machine, and then ever
 * later, up to a period. What gets into trouble again within a period after that is left alone for a whole one, so that
 * calls pay for it twice in a period at most. Thread-safe.
 */
final class CircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    /** The first probe comes after the period divided by this. */
    private static final int SOON = 20;

    private final String name;
    private final Duration period;
    private final ServerExecutors lanes;
    private final Callable<Boolean> probe;
    private final Runnable onClose;
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);
    private volatile long wellSince; // it is, or was last, closed since then; by the clock of lanes.nanos()
    private volatile Duration pause; // before the next probe
    private volatile String reason = ""; // of the last trouble

    private enum State {
        CLOSED,
        OPEN
    }

    /**
     * A closed one.
     *
     * @param name of what it guards, for the log
     * @param period the longest pause between two probes
     * @param probe true when it is well again; may wait for a while, but not for ever
     * @param onClose what is done after it has closed
     */
    CircuitBreaker(String name, Duration period, ServerExecutors lanes, Callable<Boolean> probe, Runnable onClose) {
        this.name = name;
        this.period = period;
        this.lanes = lanes;
        this.probe = probe;
        this.onClose = onClose;
        this.pause = period;
        this.wellSince = lanes.nanoTime() - period.toNanos();
    }

    boolean closed() {
        return state.get() == State.CLOSED;
    }

    /** Something went wrong. */
    void trip(String why) {
        reason = why;
        if (become(State.OPEN)) {
            pause = lanes.nanoTime() - wellSince < period.toNanos() ? period : period.dividedBy(SOON);
            LOG.info(
                    "{} is left alone: {} Calls go on without it; asking again in {} ms.", name, why, pause.toMillis());
            later();
        }
    }

    /** What went wrong when it last opened, in a sentence. */
    String reason() {
        return reason;
    }

    private boolean become(State next) {
        return state.getAndSet(next) != next;
    }

    private void later() {
        try {
            lanes.schedule(pause, this::start);
        } catch (RejectedExecutionException closing) {
            LOG.debug("{} is not asked again: the server is closing.", name);
        }
    }

    private void start() {
        try {
            lanes.virtualThreads().execute(this::probe);
        } catch (RejectedExecutionException full) {
            later();
        }
    }

    private void probe() {
        if (!well()) {
            pause = longer();
            later();
            return;
        }
        wellSince = lanes.nanoTime();
        if (become(State.CLOSED)) {
            LOG.info("{} is well again.", name);
            onClose.run();
        }
    }

    private Duration longer() {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(period) < 0 ? twice : period;
    }

    private boolean well() {
        try {
            return probe.call();
        } catch (Exception | LinkageError stillIll) {
            LOG.debug("{} is still not well.", name, stillIll);
            return false;
        }
    }
}
