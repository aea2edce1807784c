package io.breakwater.core.business.health;

import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.Dependency.Need;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest result of a dependency's health check.
 *
 * @param name the name of the dependency for operators
 * @param required true if the server cannot work without it
 * @param state the state at the latest check
 * @param since the time of the last change of state; null before the first result
 * @param checkedAt the time of the latest result; null before the first
 * @param latency the duration of the latest check; null if it failed
 * @param reason why the dependency is down, as a sentence; null if it is not down
 */
public record CheckReport(
        String name,
        boolean required,
        State state,
        @Nullable Instant since,
        @Nullable Instant checkedAt,
        @Nullable Duration latency,
        @Nullable String reason) {

    /** The state of a dependency. */
    public enum State {
        /** It has not been checked yet. */
        UNKNOWN,
        /** It is available. */
        UP,
        /** It is not available. */
        DOWN
    }

    static CheckReport unknown(Dependency check) {
        return new CheckReport(check.name(), check.need() == Need.REQUIRED, State.UNKNOWN, null, null, null, null);
    }

    CheckReport up(Instant now, Duration latency) {
        return next(State.UP, now, latency, null);
    }

    CheckReport down(Instant now, String reason) {
        return next(State.DOWN, now, null, reason);
    }

    private CheckReport next(State next, Instant now, @Nullable Duration latency, @Nullable String reason) {
        return new CheckReport(name, required, next, state == next ? since : now, now, latency, reason);
    }
}
