package io.breakwater.port.driving;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What kind of answer this is, told before its first byte. HTTP makes a status and header fields of it in one table;
 * stdio ignores it. The message beside it, if any, is the JSON-RPC answer.
 */
public sealed interface ReplyStatus {

    /** A result, or an error that travels inside a good answer (200). */
    Answer ANSWER = new Answer(null);
    /** A notification or response was taken; there is nothing to say (202). */
    Accepted ACCEPTED = new Accepted();
    /** The message is not what the protocol asks for (400). */
    Malformed MALFORMED = new Malformed();
    /** No such method in this era (404). */
    UnknownMethod UNKNOWN_METHOD = new UnknownMethod();
    /** No such session, or no longer (404). */
    NoSession NO_SESSION = new NoSession();
    /** The client would go on after an event that is not, or no longer, known (404). */
    NoEvent NO_EVENT = new NoEvent();
    /** The verb makes no sense here (405, {@code Allow: POST}). */
    NotAllowed NOT_ALLOWED = new NotAllowed();
    /** A stream for this is already open elsewhere (409). */
    Conflict CONFLICT = new Conflict();
    /** The session is over, as asked (200 without a body). */
    Ended ENDED = new Ended();

    /**
     * A result, or an error inside a good answer.
     *
     * @param session the id of the session that just began, to be told to the client, or null
     */
    record Answer(@Nullable String session) implements ReplyStatus {}

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

    /** See {@link #CONFLICT}. */
    record Conflict() implements ReplyStatus {}

    /** See {@link #ENDED}. */
    record Ended() implements ReplyStatus {}

    /**
     * The client did not prove who it is (401).
     *
     * @param challenge the value of {@code WWW-Authenticate} (RFC 9110 section 11.6.1)
     */
    record Unauthenticated(String challenge) implements ReplyStatus {}

    /**
     * Known, but not allowed (403).
     *
     * @param challenge the value of {@code WWW-Authenticate}, or null when no other credentials would help
     */
    record Forbidden(@Nullable String challenge) implements ReplyStatus {}

    /** This caller asks too often (429, {@code Retry-After}). */
    record TooMany(Duration retryAfter) implements ReplyStatus {}

    /** The server has no room at present, or is about to stop (503, {@code Retry-After}). */
    record Overloaded(Duration retryAfter) implements ReplyStatus {}
}
