package io.breakwater.server.mcp;

import java.time.Duration;
import java.util.Objects;

/** Refuses invalid arguments of builders, with a message that names the definition and the method. */
final class Preconditions {
    private Preconditions() {}

    /**
     * Returns the argument, unless it is null.
     *
     * @param definition what is being built, for example {@code Tool find_order}
     */
    static <T> T notNull(T argument, String definition, String method) {
        return Objects.requireNonNull(
                argument, () -> definition + ": " + method + "(...) does not accept null. Pass a value.");
    }

    /** Returns the time, unless it is null, zero or negative. */
    static Duration positive(Duration time, String definition, String method) {
        if (!notNull(time, definition, method).isPositive()) {
            throw new IllegalArgumentException(
                    definition + ": the time in " + method + "(...) must be longer than zero, but is " + time + ".");
        }
        return time;
    }

    /** Returns the time, unless it is null or negative. */
    static Duration notNegative(Duration time, String definition, String method) {
        if (notNull(time, definition, method).isNegative()) {
            throw new IllegalArgumentException(
                    definition + ": the time in " + method + "(...) must not be negative, but is " + time + ".");
        }
        return time;
    }
}
