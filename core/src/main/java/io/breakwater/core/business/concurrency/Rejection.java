package io.breakwater.core.business.concurrency;

import java.time.Duration;
import java.util.Locale;

/**
 * A call that receives no permit.
 *
 * @param reason why
 * @param limit the limit that was reached; for {@code DEADLINE} and {@code QUEUE_TIMEOUT} the limit of the cost class
 * @param serviceTime how long calls of the cost class take at present; zero if that is unknown
 * @param retryAfter the time after which a retry may succeed
 */
public record Rejection(Reason reason, int limit, Duration serviceTime, Duration retryAfter) implements Admission {

    /** Why a call receives no permit. */
    public enum Reason {
        /** As many calls run as the server accepts. */
        SERVER_LIMIT,
        /** As many calls of the cost class run as its limit allows at present. */
        CLASS_LIMIT,
        /** As many calls of the caller run as one caller may have. */
        PRINCIPAL_LIMIT,
        /** The call waited for a permit for too long. */
        QUEUE_TIMEOUT,
        /** The deadline of the call would pass before its end. */
        DEADLINE;

        /** Returns the value of the label {@code reason}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
