package io.breakwater.port.driving;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP response with a {@link ReplyStatus}: the one table of statuses and header fields for every
 * transport that speaks HTTP.
 *
 * @param status the HTTP status
 * @param fields the header fields that belong to it; the media type is not among them
 */
public record HttpReplyHead(int status, Map<String, String> fields) {

    /** The head for that status. */
    public static HttpReplyHead of(ReplyStatus status) {
        return switch (status) {
            case ReplyStatus.Result result -> head(200, "Mcp-Session-Id", result.session());
            case ReplyStatus.Accepted accepted -> head(202);
            case ReplyStatus.Malformed malformed -> head(400);
            case ReplyStatus.UnknownMethod unknown -> head(404);
            case ReplyStatus.NoSession unknown -> head(404);
            case ReplyStatus.NoEvent unknown -> head(404);
            case ReplyStatus.NotAllowed refused -> head(405, "Allow", "POST");
            case ReplyStatus.Ended ended -> head(200);
            case ReplyStatus.Unauthenticated refused -> head(401, "WWW-Authenticate", refused.challenge());
            case ReplyStatus.Forbidden refused -> head(403, "WWW-Authenticate", refused.challenge());
            case ReplyStatus.TooMany refused -> tooMany(refused);
            case ReplyStatus.Overloaded refused -> head(503, "Retry-After", seconds(refused.retryAfter()));
        };
    }

    private static HttpReplyHead tooMany(ReplyStatus.TooMany refused) {
        var after = seconds(refused.retryAfter());
        var limit = refused.limit();
        return limit == null
                ? head(429, "Retry-After", after)
                : new HttpReplyHead(
                        429,
                        Map.of(
                                "Retry-After", after,
                                "RateLimit-Policy", limit.policyField(),
                                "RateLimit", limit.limitField()));
    }

    /** Whole seconds as {@code Retry-After} has them: rounded up, at least one. */
    public static String seconds(Duration duration) {
        long whole = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.max(1, whole));
    }

    private static HttpReplyHead head(int status) {
        return new HttpReplyHead(status, Map.of());
    }

    private static HttpReplyHead head(int status, String field, @Nullable String value) {
        return new HttpReplyHead(status, value == null ? Map.of() : Map.of(field, value));
    }
}
