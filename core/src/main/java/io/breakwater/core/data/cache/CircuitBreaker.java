package io.breakwater.core.data.cache;

import io.breakwater.port.support.Backoff;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops calls to a system that fails or is slow. It is closed, and calls proceed, or open, and they do not. The first
 * failure opens it. From then on probes in the background find out whether it may close, so that no caller waits for
 * them. The first probe runs soon, because the cause may have been a pause of this machine; the pauses between later
 * probes double up to the period. A system that fails again less than one period after the breaker closed is not probed
 * for a whole period, so that calls pay for a failure at most twice in a period. Thread-safe.
 */
final class CircuitBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    /** The pause before the first probe is the period divided by this. */
    private static final int FIRST_PROBE_DIVISOR = 20;

    private final String name;
    private final Duration period;
    private final ServerExecutors executors;
    private final Callable<Boolean> probe;
    private final Runnable onClose;
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);
    private volatile long closedSince; // when it last closed, in ServerExecutors.nanoTime()
    private volatile Duration pause; // before the next probe
    private volatile String reason = ""; // of the last failure

    private enum State {
        CLOSED,
        OPEN
    }

    /**
     * Creates a closed breaker.
     *
     * @param name the name of the protected system, for the log
     * @param period the maximum pause between two probes
     * @param probe returns true if the system works again; may block for a limited time
     * @param onClose runs after the breaker has closed
     */
    CircuitBreaker(String name, Duration period, ServerExecutors executors, Callable<Boolean> probe, Runnable onClose) {
        this.name = name;
        this.period = period;
        this.executors = executors;
        this.probe = probe;
        this.onClose = onClose;
        this.pause = period;
        this.closedSince = executors.nanoTime() - period.toNanos();
    }

    boolean isClosed() {
        return state.get() == State.CLOSED;
    }

    /** Opens the breaker after a failure. */
    void trip(String cause) {
        reason = cause;
        if (transitionTo(State.OPEN)) {
            pause = executors.nanoTime() - closedSince < period.toNanos()
                    ? period
                    : period.dividedBy(FIRST_PROBE_DIVISOR);
            LOG.info(
                    "{} is not used for now: {} Until it is, this server uses its own memory; the next probe runs in {} ms.",
                    name,
                    cause,
                    pause.toMillis());
            scheduleProbe();
        }
    }

    /** Returns the reason for which the breaker last opened, as a sentence. */
    String reason() {
        return reason;
    }

    private boolean transitionTo(State next) {
        return state.getAndSet(next) != next;
    }

    private void scheduleProbe() {
        try {
            executors.schedule(pause, this::startProbe);
        } catch (RejectedExecutionException closing) {
            LOG.debug("{} is not probed again: the server is closing.", name);
        }
    }

    private void startProbe() {
        try {
            executors.virtualThreads().execute(this::probe);
        } catch (RejectedExecutionException full) {
            scheduleProbe();
        }
    }

    /** Probes the system at once, and closes the breaker if it works; returns whether it is closed then. May block. */
    boolean reset() {
        if (!isClosed() && isHealthy()) {
            close();
        }
        return isClosed();
    }

    private void probe() {
        if (isClosed()) {
            return; // it was reset
        }
        if (!isHealthy()) {
            pause = nextPause();
            scheduleProbe();
            return;
        }
        close();
    }

    private void close() {
        closedSince = executors.nanoTime();
        if (transitionTo(State.CLOSED)) {
            LOG.info("{} works again.", name);
            onClose.run();
        }
    }

    private Duration nextPause() {
        return Backoff.next(pause, period);
    }

    private boolean isHealthy() {
        try {
            return probe.call();
        } catch (Exception | LinkageError failure) {
            LOG.debug("{} still does not work.", name, failure);
            return false;
        }
    }
}
