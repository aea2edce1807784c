package io.breakwater.port;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that driven ports may throw; any other exception from an adapter is a bug. The message is for the
 * caller of a tool and contains no internals; the cause is for the log.
 */
public abstract sealed class PortException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private PortException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The external system cannot be reached, or failed. */
    public static final class UnavailableException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        /** Creates the exception with the time after which to retry, if known. */
        public UnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        /** The time after which to retry, or null when unknown. */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The deadline of the call passed before the external system responded. */
    public static final class DeadlineExceededException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Creates the exception. */
        public DeadlineExceededException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The external system refuses the request, and would refuse it again. */
    public static final class RefusedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        /** Creates the exception with the reason {@link Reason#OTHER}. */
        public RefusedException(String message, @Nullable Throwable cause) {
            this(Reason.OTHER, message, cause);
        }

        /** Creates the exception with a reason and a message for the caller. */
        public RefusedException(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        /** The reason of the refusal. */
        public Reason reason() {
            return reason;
        }

        /** The reasons of refusals. */
        public enum Reason {
            /** The request is invalid, for example because of a wrong argument. */
            INVALID,
            /** The request is valid, but not allowed. */
            FORBIDDEN,
            /** The target of the request does not exist. */
            NOT_FOUND,
            /** The request conflicts with the current state. */
            CONFLICT,
            /** The system has no capacity for the request at present. */
            OVERLOADED,
            /** Another reason. */
            OTHER
        }
    }

    /** The caller has used up its budget. */
    public static final class ExhaustedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        /** Creates the exception with the time after which the caller has a budget again. */
        public ExhaustedException(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        /** The time after which the caller has a budget again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * The external system responds with a JSON-RPC error. The client receives its code, message and data unchanged,
     * except for codes that its protocol revision does not define.
     */
    public static final class ProtocolErrorException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int code;
        private final transient @Nullable Json data;

        /** Creates the exception with the members of the error object; {@code data} may be null. */
        public ProtocolErrorException(int code, String message, @Nullable Json data, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
            this.data = data;
        }

        /** The error's {@code code}. */
        public int code() {
            return code;
        }

        /** The error's {@code data}, or null when it has none. */
        public @Nullable Json data() {
            return data;
        }
    }
}
