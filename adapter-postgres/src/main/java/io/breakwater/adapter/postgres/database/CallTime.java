package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.adapter.postgres.net.RowMemory;
import io.breakwater.port.CallContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The time that a call has left for the database, without a reserve for its response, and the memory for its rows.
 *
 * @param context the context of the call
 * @param maxStatementTime the maximum time of one statement, which is also the statement_timeout of the connections
 * @param memory the memory of its rows
 */
record CallTime(CallContext context, Duration maxStatementTime, RowMemory memory) {
    private static final Duration RESPONSE_RESERVE = Duration.ofMillis(500);

    /** Creates the time of a call that has no rows yet. */
    CallTime(CallContext context, Duration maxStatementTime) {
        this(context, maxStatementTime, new RowMemory(context));
    }

    /** Returns the remaining time, more than zero; throws an exception when none is left. */
    Duration remaining() {
        var remaining = context.remaining().minus(RESPONSE_RESERVE);
        if (context.cancelled() || remaining.toMillis() <= 0) {
            throw CallDeadline.exceeded(null);
        }
        return remaining;
    }

    /** Returns the statement_timeout for the next statement, in milliseconds. */
    String statementTimeout() {
        var shorterTimeout = shorterTimeout();
        return shorterTimeout == null ? Long.toString(maxStatementTime.toMillis()) : shorterTimeout;
    }

    /** Returns the statement_timeout, or null when the connection's own statement_timeout is short enough. */
    @Nullable
    String shorterTimeout() {
        var remaining = remaining();
        return remaining.compareTo(maxStatementTime) < 0 ? Long.toString(remaining.toMillis()) : null;
    }
}
