package io.breakwater.core.business.health;

import io.breakwater.core.business.health.CheckReport.State;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether clients may use the server. A server is starting, then ready, then draining, and never goes back. While a
 * required dependency is down, a ready server does not accept clients. Thread-safe.
 */
public final class Readiness {
    private final Health health;
    private final AtomicReference<Answer> phase = new AtomicReference<>(Answer.STARTING);

    /** Creates the readiness of a starting server with these dependencies. */
    public Readiness(Health health) {
        this.health = health;
    }

    /** Marks the server as started; does nothing if it is draining already. */
    public void started() {
        phase.compareAndSet(Answer.STARTING, Answer.READY);
    }

    /** Marks the server as draining. */
    public void draining() {
        phase.set(Answer.DRAINING);
    }

    /** Returns whether clients may use the server now, and if not, why. */
    public Answer now() {
        Answer now = phase.get();
        return now == Answer.READY ? dependencies() : now;
    }

    private Answer dependencies() {
        var states = health.required().stream().map(CheckReport::state).toList();
        if (states.contains(State.DOWN)) {
            return Answer.DEPENDENCY;
        }
        return states.contains(State.UNKNOWN) ? Answer.STARTING : Answer.READY;
    }

    /** The readiness of the server, with the reason if it is not ready. */
    public enum Answer {
        /** Clients may use the server. */
        READY,
        /** The server is starting, or a required dependency has not answered yet. */
        STARTING,
        /** The server is about to stop. */
        DRAINING,
        /** A required dependency is down. */
        DEPENDENCY
    }
}
