package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.ServerAwayException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the driver throws, as what the port may raise. Nothing that the server said goes on, neither in the message nor
 * in the cause: it may hold values of rows, names of hosts and of roles.
 */
final class DriverExceptionMapper {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final String INTERNAL = "XX";
    private static final String OPERATOR_INTERVENTION = "57";
    private static final String CANCELED = "57014";
    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String NO_CONNECTION = "08006";

    /** The server ended the connection: by an administrator's command, in a crash, as idle, or without a word. */
    private static final Set<String> LOST = Set.of("57P01", "57P02", "57P03", "57P05", NO_CONNECTION);

    private static final StackTraceElement[] NO_FRAMES = {};

    private DriverExceptionMapper() {}

    /** The call's time is over, or it was cancelled. */
    static PortException outOfTime(@Nullable Throwable cause) {
        return new PortException.DeadlineExceededException(
                "The database did not answer within the time of the call.", cause);
    }

    /** No connection was to be had. */
    static PortException noConnection(SQLException thrown, boolean exhausted) {
        if (thrown.getCause() instanceof InterruptedException) {
            return outOfTime(scrubbed(thrown));
        }
        if (exhausted) {
            return new PortException.RefusedException(
                    Reason.OVERLOADED, "All connections to the database are in use; try again later.", null);
        }
        var code = code(thrown); // that of the last attempt to connect
        boolean known = thrown instanceof ServerAwayException; // and written to the log once, not for each call
        return new PortException.UnavailableException(
                told(SqlState.of(code), code, StatementException.UNKNOWN), RETRY, known ? null : scrubbed(thrown));
    }

    /**
     * A statement failed.
     *
     * @param fault what it is at in the caller's text
     */
    static PortException of(SQLException thrown, StatementException fault) {
        var code = code(thrown);
        if (code.equals(CANCELED)) {
            return new PortException.DeadlineExceededException(
                    "The statement was cancelled: its time limit was reached, or an administrator cancelled it (SQLSTATE "
                            + CANCELED + ").",
                    explained(thrown));
        }
        if (code.equals(TRANSACTION_TIMEOUT)) {
            return new PortException.DeadlineExceededException(
                    "The transaction reached its time limit.", explained(thrown));
        }
        if (isSilence(thrown)) {
            return outOfTime(scrubbed(thrown));
        }
        var meaning = SqlState.of(code);
        if (isLost(thrown)) {
            return new PortException.UnavailableException(
                    told(meaning, code, StatementException.UNKNOWN), RETRY, lost(thrown));
        }
        var message = told(meaning, code, fault);
        if (code.startsWith(INTERNAL) && fault.position() > 0) { // of a function that is given what it cannot read
            return new PortException.RefusedException(Reason.INVALID, message, scrubbed(thrown));
        }
        return meaning.reason() == null
                ? new PortException.UnavailableException(message, RETRY, scrubbed(thrown))
                : new PortException.RefusedException(meaning.reason(), message, scrubbed(thrown));
    }

    /** COMMIT failed, perhaps without telling whether the change was committed. */
    static PortException atCommit(SQLException thrown, boolean broken) {
        if (!broken) {
            return of(thrown, StatementException.UNKNOWN);
        }
        return new PortException.UnavailableException(
                "The connection was lost during COMMIT, and it is not known whether the change was committed; check before"
                        + " you try again.",
                null,
                scrubbed(thrown));
    }

    /**
     * The health check failed.
     *
     * @param place host and port of the server and the name of the database
     */
    static PortException forOperators(SQLException thrown, String place, boolean exhausted) {
        if (thrown instanceof ServerAwayException away) {
            return new PortException.UnavailableException(away.outage().sentence(), RETRY, null);
        }
        var problem = exhausted
                ? "has no connection for the health check: all of the pool are in use"
                : "does not answer the health check (SQLSTATE " + code(thrown) + ")";
        return new PortException.UnavailableException("PostgreSQL at " + place + " " + problem + ".", RETRY, null);
    }

    /** Whether the server ended the connection while a statement ran, as it does when it restarts. */
    static boolean isLostConnection(PortException failure) {
        return failure instanceof PortException.UnavailableException
                && failure.getCause() instanceof SQLRecoverableException;
    }

    /** Whether the connection of such a failure broke and the server had not said that it ends it. */
    static boolean isLostWithoutReason(PortException failure) {
        return failure.getCause() instanceof SQLRecoverableException lost
                && !lost.getSQLState().startsWith(OPERATOR_INTERVENTION);
    }

    /** The same failure, of one statement among several. */
    static PortException ofOperation(int number, int count, PortException failure) {
        var message = "operation " + number + " of " + count + ": " + failure.getMessage();
        return switch (failure) {
            case PortException.RefusedException refused ->
                new PortException.RefusedException(refused.reason(), message, refused.getCause());
            case PortException.DeadlineExceededException timedOut ->
                new PortException.DeadlineExceededException(message, timedOut.getCause());
            case PortException.UnavailableException unavailable ->
                new PortException.UnavailableException(message, unavailable.retryAfter(), unavailable.getCause());
            case PortException.ExhaustedException exhausted -> exhausted;
            case PortException.ProtocolErrorException protocol -> protocol;
        };
    }

    private static String told(SqlState meaning, String code, StatementException fault) {
        return meaning.sentence() + " (SQLSTATE " + code + fault + ").";
    }

    private static String code(SQLException thrown) {
        var code = thrown.getSQLState();
        return code == null || code.length() != 5 ? NO_CONNECTION : code;
    }

    /** Whether the server said nothing for too long. */
    static boolean isSilence(SQLException thrown) {
        return thrown.getCause() instanceof SocketTimeoutException;
    }

    private static boolean isLost(SQLException thrown) {
        return thrown.getSQLState() != null && LOST.contains(thrown.getSQLState());
    }

    private static Throwable lost(SQLException thrown) {
        var lost = new SQLRecoverableException(kind(thrown), code(thrown));
        lost.setStackTrace(NO_FRAMES);
        return lost;
    }

    /** Of which kind it was; where it happened tells operators nothing, since the message says what the server did. */
    private static Throwable explained(Throwable thrown) {
        var explained = new SQLTransientException(kind(thrown));
        explained.setStackTrace(NO_FRAMES);
        return explained;
    }

    /** Where it happened and of which kind it was, without a word of what it said. */
    private static Throwable scrubbed(Throwable thrown) {
        var scrubbed = new SQLTransientException(kind(thrown));
        scrubbed.setStackTrace(thrown.getStackTrace());
        return scrubbed;
    }

    private static String kind(Throwable thrown) {
        var cause = thrown.getCause();
        return thrown.getClass().getSimpleName()
                + (thrown instanceof SQLException sql ? " " + code(sql) : "")
                + (cause == null ? "" : " by " + cause.getClass().getSimpleName());
    }
}
