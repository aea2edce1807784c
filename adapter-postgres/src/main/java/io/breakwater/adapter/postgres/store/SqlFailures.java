package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.ServerAwayException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What the driver throws, as what a port may raise. Messages hold the SQLSTATE and nothing that the server said, since
 * that may hold values.
 */
final class SqlFailures {
    /** After which another try makes sense while a server is away. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** No such table, no such schema: ours have gone, and will be made again. */
    private static final Set<String> LOST = Set.of("42P01", "3F000");

    private static final String NO_CONNECTION =
            "No connection to the database is free at present, or it cannot be reached; try again in a moment.";

    private SqlFailures() {}

    /** The call's time was over, or nobody waited for it any more. */
    static PortException timedOut(@Nullable Throwable cause) {
        return new PortException.DeadlineExceededException(
                "The database did not answer in the time the call had.", cause);
    }

    /** What went wrong, as an exception to throw. */
    static RuntimeException of(SQLException thrown) {
        if (thrown instanceof ServerAwayException) {
            return new PortException.UnavailableException(
                    unavailable(thrown), RETRY, null); // the log has it once, not for each call
        }
        if (thrown instanceof SQLTransientConnectionException) {
            return new PortException.UnavailableException(NO_CONNECTION, RETRY, thrown);
        }
        var state = state(thrown);
        if (state.equals("57014")) {
            return timedOut(expected(thrown));
        }
        if (LOST.contains(state)) {
            return away(thrown);
        }
        return switch (state.substring(0, 2)) {
            case "22" -> refused(Reason.INVALID, "The database cannot keep such a value", thrown);
            case "23" -> refused(Reason.CONFLICT, "This contradicts what the database holds already", thrown);
            case "40" -> refused(Reason.CONFLICT, "Another change came in between; try again", thrown);
            case "42" -> new IllegalStateException("a statement of ours does not fit: SQLSTATE " + state, thrown);
            case "57", "08" -> new PortException.UnavailableException(unavailable(thrown), RETRY, expected(thrown));
            default -> away(thrown);
        };
    }

    private static PortException refused(Reason reason, String sentence, SQLException thrown) {
        return new PortException.RefusedException(reason, sentence + " (SQLSTATE " + state(thrown) + ").", thrown);
    }

    private static PortException away(SQLException thrown) {
        return new PortException.UnavailableException(unavailable(thrown), RETRY, thrown);
    }

    /** An administrator ended it, or the server went away: the sentence says everything, so there is no stack trace. */
    private static SQLException expected(SQLException thrown) {
        var expected = new SQLTransientException("SQLSTATE " + state(thrown), state(thrown));
        expected.setStackTrace(new StackTraceElement[0]);
        return expected;
    }

    private static String unavailable(SQLException thrown) {
        return "The database is not available at present (SQLSTATE " + state(thrown) + ").";
    }

    /** The constraint that was broken, or an empty text. */
    static String constraint(SQLException thrown) {
        var message = thrown instanceof PSQLException server ? server.getServerErrorMessage() : null;
        var name = message == null ? null : message.getConstraint();
        return name == null ? "" : name;
    }

    private static String state(SQLException thrown) {
        var state = thrown.getSQLState();
        return state == null || state.length() != 5 ? "08000" : state;
    }
}
