package io.breakwater.core.business.services;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a request to a service means for its caller. */
public sealed interface ApiOutcome {

    /**
     * The service did what the request says.
     *
     * @param status the HTTP status, from 200 to 299
     * @param mediaType the value of the field {@code Content-Type}; null if the service sent none
     * @param body the body; empty if there is none
     */
    record Success(int status, @Nullable String mediaType, byte[] body) implements ApiOutcome {}

    /**
     * The request failed, or its outcome is not known.
     *
     * @param message the reason, for the caller
     * @param retryAfter the time after which a repeated request may succeed; null if it is not known
     * @param hadNoEffect whether the request certainly had no effect
     */
    record Failure(Kind kind, String message, @Nullable Duration retryAfter, boolean hadNoEffect)
            implements ApiOutcome {}

    /** The kinds of failures. */
    enum Kind {
        /** The service does not accept the request. */
        INVALID,
        /** The service does not allow it. */
        FORBIDDEN,
        /** The target does not exist. */
        NOT_FOUND,
        /** The target is in another state than the request expects. */
        CONFLICT,
        /** The service has received too many requests. */
        RATE_LIMITED,
        /** The time for the response was over. */
        TIMEOUT,
        /** The service failed or was not reached. */
        FAILED
    }
}
