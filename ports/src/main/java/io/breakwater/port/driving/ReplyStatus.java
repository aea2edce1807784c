package io.breakwater.port.driving;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a reply, known before its first byte. HTTP maps it to a status code and header fields in one table; stdio
 * ignores it. The JSON-RPC response accompanies it, if there is one.
 */
public sealed interface ReplyStatus {

    /** A result, or an error in a successful response (200). */
    Result RESULT = new Result(null);
    /** A notification or response was accepted, and has no response (202). */
    Accepted ACCEPTED = new Accepted();
    /** The message violates the protocol (400). */
    Malformed MALFORMED = new Malformed();
    /** The method does not exist in this era (404). */
    UnknownMethod UNKNOWN_METHOD = new UnknownMethod();
    /** The session does not exist, or has ended (404). */
    NoSession NO_SESSION = new NoSession();
    /** The client resumes a stream after an unknown event (404). */
    NoEvent NO_EVENT = new NoEvent();
    /** The HTTP method is not supported here (405, {@code Allow: POST}). */
    NotAllowed NOT_ALLOWED = new NotAllowed();
    /** The session has ended on request (200 without a body). */
    Ended ENDED = new Ended();

    /**
     * A result, or an error in a successful response.
     *
     * @param session the id of a new session, for the client, or null
     */
    record Result(@Nullable String session) implements ReplyStatus {}

    /** See {@link #ACCEPTED}. */
    record Accepted() implements ReplyStatus {}

    /** See {@link #MALFORMED}. */
    record Malformed() implements ReplyStatus {}

    /** See {@link #UNKNOWN_METHOD}. */
    record UnknownMethod() implements ReplyStatus {}

    /** See {@link #NO_SESSION}. */
    record NoSession() implements ReplyStatus {}

    /** See {@link #NO_EVENT}. */
    record NoEvent() implements ReplyStatus {}

    /** See {@link #NOT_ALLOWED}. */
    record NotAllowed() implements ReplyStatus {}

    /** See {@link #ENDED}. */
    record Ended() implements ReplyStatus {}

    /**
     * The client is not authenticated (401).
     *
     * @param challenge the value of {@code WWW-Authenticate} (RFC 9110 section 11.6.1)
     */
    record Unauthenticated(String challenge) implements ReplyStatus {}

    /**
     * The client is authenticated, but not allowed (403).
     *
     * @param challenge the value of {@code WWW-Authenticate}, or null when no other credentials would help
     */
    record Forbidden(@Nullable String challenge) implements ReplyStatus {}

    /**
     * The caller exceeds a limit (429, {@code Retry-After}).
     *
     * @param retryAfter the time after which a retry may succeed
     * @param limit the rate limit or the quota, for its header fields; null for another limit
     */
    record TooMany(Duration retryAfter, @Nullable RateLimitFields limit) implements ReplyStatus {
        /** A limit that has no header fields of its own. */
        public TooMany(Duration retryAfter) {
            this(retryAfter, null);
        }
    }

    /** The server has no capacity at present, or is stopping (503, {@code Retry-After}). */
    record Overloaded(Duration retryAfter) implements ReplyStatus {}
}
