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

    /**
     * The external system refuses the request, and would refuse it again. The request had no effect, unless the reason is
     * {@link Reason#OTHER}.
     */
    public static final class RefusedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Reason reason;
        private final int position;

        /** Creates the exception with the reason {@link Reason#OTHER}. */
        public RefusedException(String message, @Nullable Throwable cause) {
            this(Reason.OTHER, message, cause);
        }

        /** Creates the exception with a reason and a message for the caller. */
        public RefusedException(Reason reason, String message, @Nullable Throwable cause) {
            this(reason, message, 0, cause);
        }

        /**
         * Creates the exception for a text that is refused because of one of its characters.
         *
         * @param position the position of the character, counted from 1; 0 when the whole text is refused
         */
        public RefusedException(Reason reason, String message, int position, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
            this.position = position;
        }

        /** The reason of the refusal. */
        public Reason reason() {
            return reason;
        }

        /** The position in the text of the request, counted in characters from 1; 0 when there is none. */
        public int position() {
            return position;
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
            /** Another reason. The request may have had an effect. */
            OTHER
        }
    }

    /** The caller has used up its quota. */
    public static final class ExhaustedException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        /** Creates the exception with the time after which the caller has a quota again. */
        public ExhaustedException(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        /** The time after which the caller has a quota again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The call has an idempotency key, and cannot return the result that belongs to this key. */
    public static final class IdempotencyException extends PortException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Problem problem;
        private final @Nullable Duration retryAfter;

        private IdempotencyException(
                Problem problem, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
            super(message, cause);
            this.problem = problem;
            this.retryAfter = retryAfter;
        }

        /**
         * Creates the exception for a call that repeats a running one.
         *
         * @param retryAfter the time after which the other call should have ended
         */
        public static IdempotencyException inProgress(Duration retryAfter) {
            return new IdempotencyException(
                    Problem.IN_PROGRESS,
                    "A call with this idempotency key is in progress. Repeat the call later with the same key to"
                            + " receive its result.",
                    retryAfter,
                    null);
        }

        /** Creates the exception for a call whose key belongs to a call with other arguments. */
        public static IdempotencyException otherArguments() {
            return new IdempotencyException(
                    Problem.OTHER_ARGUMENTS,
                    "This idempotency key was used with other arguments. Send the same arguments, or use a new key for"
                            + " a new effect.",
                    null,
                    null);
        }

        /**
         * Creates the exception for a write whose commit the store did not confirm. A repeated call learns the outcome.
         *
         * @param retryAfter the time after which to repeat the call
         */
        public static IdempotencyException unconfirmed(Duration retryAfter, @Nullable Throwable cause) {
            return new IdempotencyException(
                    Problem.UNCONFIRMED,
                    "The outcome is unknown, because the connection to the store was lost while it saved the change."
                            + " Repeat the call with the same idempotency key: it returns the first result if the change"
                            + " was saved, and saves it otherwise.",
                    retryAfter,
                    cause);
        }

        /** Creates the exception for a call that repeats one that never recorded its result. */
        public static IdempotencyException unknownOutcome() {
            return new IdempotencyException(
                    Problem.UNKNOWN_OUTCOME,
                    "The outcome is unknown: an earlier call with this idempotency key began, and its result was never"
                            + " recorded. It may have had its effect, so this call did nothing. Check whether the effect"
                            + " happened; to try again, use a new key.",
                    null,
                    null);
        }

        /** Creates the exception for a call that repeats a finished one whose result was too large to be stored. */
        public static IdempotencyException resultNotKept() {
            return new IdempotencyException(
                    Problem.RESULT_NOT_KEPT,
                    "The first call with this idempotency key has ended, but its result was too large to be kept. This"
                            + " call did nothing.",
                    null,
                    null);
        }

        /** Creates the exception for a call that repeats a finished one whose result has just been forgotten. */
        public static IdempotencyException resultExpired() {
            return new IdempotencyException(
                    Problem.RESULT_NOT_KEPT,
                    "The first call with this idempotency key has ended, and its result has expired. This call did"
                            + " nothing.",
                    null,
                    null);
        }

        /** Why the key yields no result. */
        public Problem problem() {
            return problem;
        }

        /** The time after which to repeat the call, or null when a repetition does not help. */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }

        /** The reasons why a key yields no result. */
        public enum Problem {
            /** A call with the key is running. */
            IN_PROGRESS,
            /** The key belongs to a call with other arguments. */
            OTHER_ARGUMENTS,
            /** The store did not confirm the write of this call; a repeated call learns the outcome. */
            UNCONFIRMED,
            /** An earlier call with the key did not record its result. */
            UNKNOWN_OUTCOME,
            /** An earlier call with the key has ended, but its result is not stored. */
            RESULT_NOT_KEPT
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
