package io.breakwater.port.driving;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The rate limit or the quota that refused a request, for the header fields {@code RateLimit} and {@code RateLimit-Policy}
 * (draft-ietf-httpapi-ratelimit-headers-11).
 *
 * @param policy the name of the limit: lower-case letters and dashes
 * @param quota the number of calls in a window, or of what else the limit counts
 * @param window the length of a window
 * @param reset the time after which a call may succeed
 */
public record RateLimitFields(String policy, long quota, Duration window, Duration reset) {
    /** Refuses a name that would need quoting, and null. */
    public RateLimitFields {
        if (!policy.matches("[a-z-]{1,40}")) {
            throw new IllegalArgumentException(
                    "The name of a policy consists of lower-case letters and dashes, and is not \"" + policy + "\".");
        }
        requireNonNull(window, "RateLimitFields.window must not be null.");
        requireNonNull(reset, "RateLimitFields.reset must not be null.");
    }

    /** Returns the value of {@code RateLimit-Policy}, for example {@code "principal-tool";q=100;w=60}. */
    public String policyField() {
        return '"' + policy + "\";q=" + quota + ";w=" + HttpReplyHead.seconds(window);
    }

    /** Returns the value of {@code RateLimit}, for example {@code "principal-tool";r=0;t=1}. */
    public String limitField() {
        return '"' + policy + "\";r=0;t=" + HttpReplyHead.seconds(reset);
    }
}
