package io.breakwater.core.data.recall;

import io.breakwater.core.runtime.Lanes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps calls away from something that fails or is slow. It has two states: closed, everybody passes; open, nobody does.
 * The first trouble opens it; from then on a probe in the background, once in a period and at no caller's expense, finds
 * out whether it may close again. Thread-safe.
 */
final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);

    private final String name;
    private final Duration period;
    private final Lanes lanes;
    private final Callable<Boolean> probe;
    private final Runnable onClose;
    private final AtomicReference<State> state = new AtomicReference<>(State.CLOSED);

    private enum State {
        CLOSED,
        OPEN
    }

    /**
     * A closed one.
     *
     * @param name of what it guards, for the log
     * @param probe true when it is well again; may wait for a while, but not for ever
     * @param onClose what is done after it has closed
     */
    Breaker(String name, Duration period, Lanes lanes, Callable<Boolean> probe, Runnable onClose) {
        this.name = name;
        this.period = period;
        this.lanes = lanes;
        this.probe = probe;
        this.onClose = onClose;
    }

    boolean closed() {
        return state.get() == State.CLOSED;
    }

    /** Something went wrong. */
    void trip(String why) {
        if (become(State.OPEN)) {
            LOG.warn(
                    "{} is left alone: {} Calls go on without it; asking again every {} ms.",
                    name,
                    why,
                    period.toMillis());
            later();
        }
    }

    private boolean become(State next) {
        return state.getAndSet(next) != next;
    }

    private void later() {
        try {
            lanes.after(period, this::start);
        } catch (RejectedExecutionException closing) {
            LOG.debug("{} is not asked again: the server is closing.", name);
        }
    }

    private void start() {
        try {
            lanes.virtual().execute(this::probe);
        } catch (RejectedExecutionException full) {
            later();
        }
    }

    private void probe() {
        if (!well()) {
            later();
        } else if (become(State.CLOSED)) {
            LOG.info("{} is well again.", name);
            onClose.run();
        }
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
