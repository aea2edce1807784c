package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.connection.CallDeadline;
import io.breakwater.adapter.postgres.connection.ServerUnavailableException;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;

/**
 * Maps exceptions of the driver to those of the port. Neither the message nor the cause contains text of the server,
 * which may contain values of rows, host names and role names.
 */
final class DriverExceptionMapper {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String INTERNAL = "XX";
    private static final String OPERATOR_INTERVENTION = "57";
    private static final String CANCELED = "57014";
    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String NO_CONNECTION = "08006";

    /** The server ended the connection: by an administrator's command, in a crash, as idle, or without a message. */
    private static final Set<String> CONNECTION_LOST = Set.of("57P01", "57P02", "57P03", "57P05", NO_CONNECTION);

    private static final StackTraceElement[] NO_FRAMES = {};

    private DriverExceptionMapper() {}

    /** No connection was available. */
    static PortException noConnection(SQLException thrown, boolean exhausted) {
        if (thrown.getCause() instanceof InterruptedException) {
            return CallDeadline.exceeded(redact(thrown));
        }
        if (exhausted) {
            return new PortException.RefusedException(
                    Reason.OVERLOADED, "All connections to the database are in use; try again later.", null);
        }
        var code = code(thrown); // the code of the last connection attempt
        boolean known =
                thrown instanceof ServerUnavailableException; // the outage log reports it once, not for each call
        return new PortException.UnavailableException(
                message(SqlState.of(code), code, ErrorLocation.UNKNOWN), RETRY_AFTER, known ? null : redact(thrown));
    }

    /**
     * A statement failed.
     *
     * @param fault the position of the error in the caller's text
     */
    static PortException of(SQLException thrown, ErrorLocation fault) {
        var code = code(thrown);
        if (code.equals(CANCELED)) {
            return new PortException.DeadlineExceededException(
                    "The statement was cancelled: its time limit was reached, or an administrator cancelled it (SQLSTATE "
                            + CANCELED + ").",
                    withoutStackTrace(thrown));
        }
        if (code.equals(TRANSACTION_TIMEOUT)) {
            return new PortException.DeadlineExceededException(
                    "The transaction reached its time limit.", withoutStackTrace(thrown));
        }
        if (isTimeout(thrown)) {
            return CallDeadline.exceeded(redact(thrown));
        }
        var meaning = SqlState.of(code);
        if (isLost(thrown)) {
            return new PortException.UnavailableException(
                    message(meaning, code, ErrorLocation.UNKNOWN), RETRY_AFTER, lostConnection(thrown));
        }
        var message = message(meaning, code, fault);
        if (code.startsWith(INTERNAL) && fault.position() > 0) { // a function cannot parse its argument
            return new PortException.RefusedException(Reason.INVALID, message, fault.position(), redact(thrown));
        }
        return meaning.reason() == null
                ? new PortException.UnavailableException(message, RETRY_AFTER, redact(thrown))
                : new PortException.RefusedException(meaning.reason(), message, fault.position(), redact(thrown));
    }

    /** COMMIT failed, and the server may not have reported whether the change was committed. */
    static PortException atCommit(SQLException thrown, boolean broken) {
        if (!broken) {
            return of(thrown, ErrorLocation.UNKNOWN);
        }
        return new PortException.UnavailableException(
                "The connection was lost during COMMIT, and it is not known whether the change was committed; check this"
                        + " before you retry.",
                null,
                redact(thrown));
    }

    /**
     * The health check failed.
     *
     * @param place the host and port of the server and the name of the database
     */
    static PortException forOperators(SQLException thrown, String place, boolean exhausted) {
        if (thrown instanceof ServerUnavailableException away) {
            return new PortException.UnavailableException(away.outage().sentence(), RETRY_AFTER, null);
        }
        var problem = exhausted
                ? "was not checked, because all connections of the pool are in use"
                : "does not answer the health check (SQLSTATE " + code(thrown) + ")";
        return new PortException.UnavailableException(
                "PostgreSQL at " + place + " " + problem + ".", RETRY_AFTER, null);
    }

    /** Whether the server ended the connection while a statement ran, as it does when it restarts. */
    static boolean isLostConnection(PortException failure) {
        return failure instanceof PortException.UnavailableException
                && failure.getCause() instanceof SQLRecoverableException;
    }

    /** Whether the connection was lost and the server sent no message about its end. */
    static boolean isLostWithoutReason(PortException failure) {
        return failure.getCause() instanceof SQLRecoverableException lost
                && !lost.getSQLState().startsWith(OPERATOR_INTERVENTION);
    }

    /**
     * Returns the failure of a statement outside a transaction. No rollback has undone what the statement did before it
     * failed: a unique index that is built concurrently remains, invalid, if it finds two equal keys.
     */
    static PortException outsideTransaction(PortException failure) {
        return failure instanceof PortException.RefusedException refused
                ? new PortException.RefusedException(
                        Reason.OTHER,
                        failure.getMessage()
                                + " The statement ran outside a transaction, so a part of it may have taken effect.",
                        refused.position(),
                        refused.getCause())
                : failure;
    }

    /** Returns the failure with the number of its statement among several. */
    static PortException ofOperation(int number, int count, PortException failure) {
        var message = "operation " + number + " of " + count + ": " + failure.getMessage();
        return switch (failure) {
            case PortException.RefusedException refused ->
                new PortException.RefusedException(refused.reason(), message, refused.position(), refused.getCause());
            case PortException.DeadlineExceededException timedOut ->
                new PortException.DeadlineExceededException(message, timedOut.getCause());
            case PortException.UnavailableException unavailable ->
                new PortException.UnavailableException(message, unavailable.retryAfter(), unavailable.getCause());
            case PortException.ExhaustedException exhausted -> exhausted;
            case PortException.IdempotencyException repeated -> repeated;
            case PortException.ProtocolErrorException protocol -> protocol;
        };
    }

    private static String message(SqlState meaning, String code, ErrorLocation fault) {
        return meaning.sentence() + " (SQLSTATE " + code + fault + ").";
    }

    private static String code(SQLException thrown) {
        var code = thrown.getSQLState();
        return code == null || code.length() != 5 ? NO_CONNECTION : code;
    }

    /** Whether the server did not answer in time. */
    static boolean isTimeout(SQLException thrown) {
        return thrown.getCause() instanceof SocketTimeoutException;
    }

    private static boolean isLost(SQLException thrown) {
        return thrown.getSQLState() != null && CONNECTION_LOST.contains(thrown.getSQLState());
    }

    private static Throwable lostConnection(SQLException thrown) {
        var lost = new SQLRecoverableException(kind(thrown), code(thrown));
        lost.setStackTrace(NO_FRAMES);
        return lost;
    }

    /** Returns an exception with the kind of the failure only: for operators, the message says enough. */
    private static Throwable withoutStackTrace(Throwable thrown) {
        var copy = new SQLTransientException(kind(thrown));
        copy.setStackTrace(NO_FRAMES);
        return copy;
    }

    /** Returns an exception with the kind and the stack trace of the failure, without its message. */
    private static Throwable redact(Throwable thrown) {
        var redacted = new SQLTransientException(kind(thrown));
        redacted.setStackTrace(thrown.getStackTrace());
        return redacted;
    }

    private static String kind(Throwable thrown) {
        var cause = thrown.getCause();
        return thrown.getClass().getSimpleName()
                + (thrown instanceof SQLException sql ? " " + code(sql) : "")
                + (cause == null ? "" : " by " + cause.getClass().getSimpleName());
    }
}
