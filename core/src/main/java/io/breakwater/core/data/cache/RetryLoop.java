package io.breakwater.core.data.cache;

import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries in the background, in ever longer pauses, until nothing is left to do. Thread-safe. */
final class RetryLoop {
    private static final Logger LOG = LoggerFactory.getLogger(RetryLoop.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ServerExecutors lanes;
    private final BooleanSupplier attempt;
    private final BooleanSupplier idle;
    private final AtomicBoolean underWay = new AtomicBoolean();

    /**
     * Nothing is tried yet.
     *
     * @param attempt does what is left to do; true when it succeeded
     * @param idle true when nothing is left to do
     */
    RetryLoop(ServerExecutors lanes, BooleanSupplier attempt, BooleanSupplier idle) {
        this.lanes = lanes;
        this.attempt = attempt;
        this.idle = idle;
    }

    /** There is something to do. */
    void start() {
        if (!idle.getAsBoolean() && underWay.compareAndSet(false, true)) {
            begin(FIRST_PAUSE);
        }
    }

    private void begin(Duration pause) {
        orNever(() -> lanes.virtualThreads().execute(() -> attempt(pause)));
    }

    private void attempt(Duration pause) {
        if (isDone()) {
            underWay.set(false);
            start(); // what came up meanwhile found this one under way
        } else {
            var twice = pause.multipliedBy(2);
            orNever(() ->
                    lanes.schedule(pause, () -> begin(twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE)));
        }
    }

    private boolean isDone() {
        try {
            return idle.getAsBoolean() || attempt.getAsBoolean();
        } catch (RuntimeException fault) { // or nobody would ever try again
            LOG.warn("What is to be done in the background failed for a reason that nobody foresaw", fault);
            return false;
        }
    }

    private void orNever(Runnable step) {
        try {
            step.run();
        } catch (RejectedExecutionException closing) {
            underWay.set(false);
            LOG.debug("The server is closing; what is left to do stays so.", closing);
        }
    }
}
