package io.breakwater.core.business.health;

import io.breakwater.core.business.health.CheckReport.State;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether clients may come. A server is starting, then ready, then draining, and never goes back; while it is ready, a
 * required dependency that is down keeps clients away until it is back. Thread-safe.
 */
public final class Readiness {
    private final Health health;
    private final AtomicReference<Answer> phase = new AtomicReference<>(Answer.STARTING);

    /** Of a server that is starting and leans on what this watches. */
    public Readiness(Health health) {
        this.health = health;
    }

    /** The server has started; does nothing when it is draining already. */
    public void started() {
        phase.compareAndSet(Answer.STARTING, Answer.READY);
    }

    /** The server takes leave of its clients. */
    public void draining() {
        phase.set(Answer.DRAINING);
    }

    /** Whether clients may come now, and if not, why. */
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

    /** Whether clients may come. */
    public enum Answer {
        /** They may. */
        READY,
        /** Not yet: the server is starting, or a required dependency has not answered yet. */
        STARTING,
        /** No more: the server is about to stop. */
        DRAINING,
        /** Not now: a required dependency is down. */
        DEPENDENCY
    }
}
