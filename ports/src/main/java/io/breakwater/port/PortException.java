package io.breakwater.port;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The failures a driven port may raise; anything else that escapes an adapter is a bug. The message is written for the
 * caller of a tool and holds no internals; the cause is for the log.
 */
public abstract sealed class PortException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private PortException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The other side cannot be reached or answered with a fault of its own. */
    public static final class UnavailableException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        /** With the time after which another try makes sense, if known. */
        public UnavailableException(String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.retryAfter = retryAfter;
        }

        /** When another try makes sense, or null when nobody knows. */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The call's deadline passed while the other side was working. */
    public static final class DeadlineExceededException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        /** After the deadline of the call. */
        public DeadlineExceededException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The other side refuses what was asked, and would refuse it again. */
    public static final class RefusedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        /** With the reason in the caller's words alone. */
        public RefusedException(String message, @Nullable Throwable cause) {
            this(Reason.OTHER, message, cause);
        }

        /** With the kind of reason, and the caller's words for it. */
        public RefusedException(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        /** Of which kind the reason is. */
        public Reason reason() {
            return reason;
        }

        /** Why something is refused. */
        public enum Reason {
            /** It makes no sense to the other side: a wrong argument. */
            INVALID,
            /** It makes sense, and is not allowed. */
            FORBIDDEN,
            /** What it names does not exist. */
            NOT_FOUND,
            /** It contradicts what is there already. */
            CONFLICT,
            /** There is no room for it at present. */
            OVERLOADED,
            /** Something else. */
            OTHER
        }
    }

    /** The caller has used up what it may have for now. */
    public static final class ExhaustedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        /** With the time after which there is something to be had again. */
        public ExhaustedException(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        /** After what time there is something to be had again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * The other side ends the request with a JSON-RPC error of its own. Code, message and data are meant for the client
     * and reach it as they are, but for codes that its wire does not know.
     */
    public static final class ProtocolErrorException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int code;
        private final transient @Nullable Json data;

        /** With the members of the error object; no data when null. */
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
