package io.breakwater.adapter.postgres.store;

import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.adapter.postgres.connection.ServerUnavailableException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * Maps exceptions of the driver to those of the port. Messages contain the SQLSTATE and no text of the server, which
 * may contain values.
 */
final class SqlFailures {
    /** The recommended pause before a retry while a server is unavailable. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A table or the schema does not exist, or is forbidden: the server creates again only the schema as a whole. */
    private static final Set<String> UNUSABLE_SCHEMA = Set.of("42P01", "3F000", "42501");

    private static final String NO_CONNECTION =
            "No connection to the store is free, or the store cannot be reached; try again in a moment.";

    private SqlFailures() {}

    /** Returns the exception for a failure. */
    static RuntimeException of(SQLException thrown) {
        if (thrown instanceof ServerUnavailableException) {
            return new PortException.UnavailableException(
                    unavailable(thrown), RETRY_AFTER, null); // the outage log reports it once, not for each call
        }
        if (thrown instanceof SQLTransientConnectionException) {
            return new PortException.UnavailableException(NO_CONNECTION, RETRY_AFTER, thrown);
        }
        var state = state(thrown);
        if (state.equals("57014")) {
            return CallDeadline.exceeded(expected(thrown));
        }
        if (UNUSABLE_SCHEMA.contains(state)) {
            return new PortException.UnavailableException(
                    "The store's tables cannot be used (SQLSTATE " + state + "): restore the store or its rights.",
                    null,
                    thrown);
        }
        return switch (state.substring(0, 2)) {
            case "22" -> refused(Reason.INVALID, "The store cannot hold this value", thrown);
            case "23" -> refused(Reason.CONFLICT, "The change conflicts with data in the store", thrown);
            case "40" ->
                refused(Reason.CONFLICT, "Another transaction changed the data at the same time; try again", thrown);
            case "42" ->
                new IllegalStateException(
                        "an internal statement does not match the store's schema: SQLSTATE " + state, thrown);
            case "57", "08" ->
                new PortException.UnavailableException(unavailable(thrown), RETRY_AFTER, expected(thrown));
            default -> unavailableWithCause(thrown);
        };
    }

    private static PortException refused(Reason reason, String sentence, SQLException thrown) {
        return new PortException.RefusedException(reason, sentence + " (SQLSTATE " + state(thrown) + ").", thrown);
    }

    private static PortException unavailableWithCause(SQLException thrown) {
        return new PortException.UnavailableException(unavailable(thrown), RETRY_AFTER, thrown);
    }

    /** An expected failure, for example a restart of the server: the message suffices, so there is no stack trace. */
    private static SQLException expected(SQLException thrown) {
        var expected = new SQLTransientException("SQLSTATE " + state(thrown), state(thrown));
        expected.setStackTrace(new StackTraceElement[0]);
        return expected;
    }

    private static String unavailable(SQLException thrown) {
        return "The store is not available at the moment (SQLSTATE " + state(thrown) + ").";
    }

    /** The name of the violated constraint, or an empty text. */
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
