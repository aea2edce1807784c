package io.breakwater.core.business.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a dependency.
 *
 * @param name how operators know it
 * @param required whether the server is of no use without it
 * @param state how it was when last asked
 * @param since since when it is so; null before the first answer
 * @param checkedAt when it was last asked with a result; null before the first
 * @param latency how long it took to answer; null when it did not
 * @param reason why it is down, in a sentence; null when it is not
 */
public record CheckReport(
        String name,
        boolean required,
        State state,
        @Nullable Instant since,
        @Nullable Instant checkedAt,
        @Nullable Duration latency,
        @Nullable String reason) {

    /** How a dependency may be. */
    public enum State {
        /** Not asked yet. */
        UNKNOWN,
        /** It answers. */
        UP,
        /** It does not. */
        DOWN
    }

    static CheckReport unknown(DependencyProbe check) {
        return new CheckReport(check.name(), check.required(), State.UNKNOWN, null, null, null, null);
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
