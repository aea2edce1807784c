package io.breakwater.server.interceptor;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.driving.RateLimitFields;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refused call. An interceptor returns it from {@link Interceptor#before}, or from {@link Interceptor#after} in place
 * of another outcome. The caller receives a JSON-RPC error with the message. Over HTTP, the code determines the status:
 * {@code UNAUTHORIZED} 401, {@code FORBIDDEN} 403, {@code RATE_LIMITED} 429, {@code OVERLOADED} 503, and 200 for every
 * other code.
 *
 * @param code the reason
 * @param message what the caller did or can do, in one sentence
 * @param retryAfter the time after which a retry may succeed, or null
 * @param challenge the value of {@code WWW-Authenticate} (RFC 9110 section 11.6.1), for {@code UNAUTHORIZED} and
 *     {@code FORBIDDEN}; null for {@code Bearer} with 401, and for no challenge with 403
 * @param rateLimit the limit for the header fields {@code RateLimit} and {@code RateLimit-Policy}, for
 *     {@code RATE_LIMITED}; null for none
 * @param reason why the server refuses, as a sentence for the log, which the caller does not see; null if the message
 *     says it
 */
public record Refusal(
        ErrorCode code,
        String message,
        @Nullable Duration retryAfter,
        @Nullable String challenge,
        @Nullable RateLimitFields rateLimit,
        @Nullable String reason)
        implements Decision, Outcome {

    /** Refuses a missing code or message, a negative time, and a challenge with a code that cannot carry one. */
    public Refusal {
        requireNonNull(code, "A refusal needs a code.");
        requireNonNull(message, "A refusal needs a message for the caller.");
        if (retryAfter != null && retryAfter.isNegative()) {
            throw new IllegalArgumentException("The time before a retry must not be negative: " + retryAfter);
        }
        if (challenge != null && !challenge.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("A challenge consists of visible ASCII characters and spaces.");
        }
        if (challenge != null && code != ErrorCode.UNAUTHORIZED && code != ErrorCode.FORBIDDEN) {
            throw new IllegalArgumentException(
                    "A challenge belongs to UNAUTHORIZED or FORBIDDEN, not to " + code + ".");
        }
        if (rateLimit != null && code != ErrorCode.RATE_LIMITED) {
            throw new IllegalArgumentException("A rate limit belongs to RATE_LIMITED, not to " + code + ".");
        }
    }

    /** Returns a refusal with this reason. */
    public static Refusal of(ErrorCode code, String message) {
        return new Refusal(code, message, null, null, null, null);
    }

    /** Returns this refusal with the time after which a retry may succeed. */
    public Refusal withRetryAfter(Duration retryAfter) {
        return new Refusal(code, message, retryAfter, challenge, rateLimit, reason);
    }

    /** Returns this refusal with a challenge, for example {@code Bearer scope="files:write"}. */
    public Refusal withChallenge(String challenge) {
        return new Refusal(code, message, retryAfter, challenge, rateLimit, reason);
    }

    /** Returns this refusal with the rate limit that caused it. */
    public Refusal withRateLimit(RateLimitFields rateLimit) {
        return new Refusal(code, message, retryAfter, challenge, rateLimit, reason);
    }

    /** Returns this refusal with a reason for the log, which the caller does not see. */
    public Refusal withReason(String reason) {
        return new Refusal(code, message, retryAfter, challenge, rateLimit, reason);
    }
}
