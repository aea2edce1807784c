package io.breakwater.server.mcp;

import java.time.Duration;
import java.util.Objects;

/** Refuses invalid arguments of builders, with a message that names the definition and the method. */
final class Preconditions {
    private static final Duration MAX_TIME = Duration.ofDays(365);

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

    /** Returns the time, unless it is null, zero, negative or longer than 365 days. */
    static Duration positive(Duration time, String definition, String method) {
        if (!notNull(time, definition, method).isPositive()) {
            throw new IllegalArgumentException(
                    definition + ": the time in " + method + "(...) must be longer than zero, but is " + time + ".");
        }
        return bounded(time, definition, method);
    }

    /** Returns the time, unless it is null, negative or longer than 365 days. */
    static Duration notNegative(Duration time, String definition, String method) {
        if (notNull(time, definition, method).isNegative()) {
            throw new IllegalArgumentException(
                    definition + ": the time in " + method + "(...) must not be negative, but is " + time + ".");
        }
        return bounded(time, definition, method);
    }

    private static Duration bounded(Duration time, String definition, String method) {
        if (time.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException(
                    definition + ": the time in " + method + "(...) must be at most 365 days, but is " + time + ".");
        }
        return time;
    }
}
