package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a service has responded to the request of a step. */
sealed interface StepReply {

    /** The status of the response; null if there was none. */
    @Nullable
    Integer httpStatus();

    /** What happened, for the caller: one sentence. */
    String message();

    /**
     * Returns true if the step certainly had no effect.
     *
     * @param first false if the same request may have been sent before, and may have had its effect then
     */
    boolean hadNoEffect(boolean first);

    /**
     * The service has accepted the request.
     *
     * @param body the response; null if it is no JSON object
     */
    record Accepted(String service, int status, Json.@Nullable Obj body) implements StepReply {
        @Override
        public Integer httpStatus() {
            return status;
        }

        @Override
        public String message() {
            return service + " responded with HTTP " + status + ".";
        }

        @Override
        public boolean hadNoEffect(boolean first) {
            return false;
        }
    }

    /**
     * The service has refused the request, with a status from 400 to 499.
     *
     * @param reason the reason that the service gives, in quotation marks and limited; empty if it gives none
     */
    record Refused(String service, int status, String reason) implements StepReply {
        /** Statuses of a request that waits for an earlier one or is limited, and of one whose proxy gave up (499). */
        private static final Set<Integer> TRANSIENT = Set.of(408, 409, 423, 425, 429, 499);

        /**
         * Statuses that judge the request itself. The others, such as 403, can come from a proxy that does not know that
         * the service has accepted the same request before.
         */
        private static final Set<Integer> JUDGEMENTS = Set.of(400, 402, 422);

        @Override
        public Integer httpStatus() {
            return status;
        }

        @Override
        public String message() {
            return service + " refused the request with HTTP " + status + (reason.isEmpty() ? "." : ": " + reason);
        }

        @Override
        public boolean hadNoEffect(boolean first) {
            return first ? !TRANSIENT.contains(status) : JUDGEMENTS.contains(status);
        }
    }

    /**
     * The request did not reach the service.
     *
     * @param retryAfter the time after which it may; null if it is not known
     */
    record NotSent(String message, @Nullable Duration retryAfter) implements StepReply {
        @Override
        public @Nullable Integer httpStatus() {
            return null;
        }

        @Override
        public boolean hadNoEffect(boolean first) {
            return first;
        }
    }

    /** The request may have had its effect. */
    record Unconfirmed(@Nullable Integer httpStatus, String message) implements StepReply {
        @Override
        public boolean hadNoEffect(boolean first) {
            return false;
        }
    }
}
