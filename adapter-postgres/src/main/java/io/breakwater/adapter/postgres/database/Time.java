package io.breakwater.adapter.postgres.database;

import io.breakwater.port.CallScope;
import java.time.Duration;

/**
 * What is left of a call's time for the database: the answer needs some of it too.
 *
 * @param scope the call
 * @param longest how long one statement may take at the most
 */
record Time(CallScope scope, Duration longest) {
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(500);

    /** What is left, more than zero. */
    Duration left() {
        var left = scope.remaining().minus(FOR_THE_ANSWER);
        if (scope.cancelled() || left.toMillis() <= 0) {
            throw Failures.outOfTime(null);
        }
        return left;
    }

    /** How long the next statement may take, in milliseconds, as the server's setting has it. */
    String forStatement() {
        var left = left();
        return Long.toString((left.compareTo(longest) < 0 ? left : longest).toMillis());
    }
}
