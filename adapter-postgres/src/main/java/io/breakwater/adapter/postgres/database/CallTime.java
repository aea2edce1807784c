package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.net.RowMemory;
import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a call's time for the database, of which the answer needs some too, and the memory for its rows.
 *
 * @param scope the call
 * @param longest how long one statement may take at the most, which the sessions' own limit sees to
 * @param memory what its rows occupy
 */
record CallTime(CallContext scope, Duration longest, RowMemory memory) {
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(500);

    /** Of a call that holds no rows yet. */
    CallTime(CallContext scope, Duration longest) {
        this(scope, longest, new RowMemory(scope));
    }

    /** What is left, more than zero. */
    Duration left() {
        var left = scope.remaining().minus(FOR_THE_ANSWER);
        if (scope.cancelled() || left.toMillis() <= 0) {
            throw DriverExceptionMapper.outOfTime(null);
        }
        return left;
    }

    /** How long the next statement may take, in milliseconds, as the server's setting has it. */
    String forStatement() {
        var shorter = shorter();
        return shorter == null ? Long.toString(longest.toMillis()) : shorter;
    }

    /** The same; null when the limit that the session has does already. */
    @Nullable
    String shorter() {
        var left = left();
        return left.compareTo(longest) < 0 ? Long.toString(left.toMillis()) : null;
    }
}
