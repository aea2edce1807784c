package io.breakwater.core.data.cache;

import io.breakwater.port.support.Backoff;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries work in the background, with growing pauses, until nothing is left to do. Thread-safe. */
final class RetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ServerExecutors executors;
    private final BooleanSupplier attempt;
    private final BooleanSupplier idle;
    private final AtomicBoolean running = new AtomicBoolean();

    /**
     * Creates a stopped loop.
     *
     * @param attempt does the remaining work; returns true if it succeeded
     * @param idle returns true if nothing is left to do
     */
    RetryLoop(ServerExecutors executors, BooleanSupplier attempt, BooleanSupplier idle) {
        this.executors = executors;
        this.attempt = attempt;
        this.idle = idle;
    }

    /** Starts the loop, unless it runs already or nothing is left to do. */
    void start() {
        if (!idle.getAsBoolean() && running.compareAndSet(false, true)) {
            startAttempt(FIRST_PAUSE);
        }
    }

    private void startAttempt(Duration pause) {
        unlessClosing(() -> executors.virtualThreads().execute(() -> attempt(pause)));
    }

    private void attempt(Duration pause) {
        if (isDone()) {
            running.set(false);
            start(); // work that arrived meanwhile did not start a loop
        } else {
            unlessClosing(() -> executors.schedule(pause, () -> startAttempt(Backoff.next(pause, LONGEST_PAUSE))));
        }
    }

    private boolean isDone() {
        try {
            return idle.getAsBoolean() || attempt.getAsBoolean();
        } catch (RuntimeException failure) { // otherwise the loop would stop for good
            LOG.warn("A retry in the background failed unexpectedly; it is repeated.", failure);
            return false;
        }
    }

    private void unlessClosing(Runnable step) {
        try {
            step.run();
        } catch (RejectedExecutionException rejected) {
            running.set(false);
            LOG.debug("The remaining work is dropped: the server is closing.", rejected);
        }
    }
}
