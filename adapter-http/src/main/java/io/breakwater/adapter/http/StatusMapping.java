package io.breakwater.adapter.http;

import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** Maps a reply status to an HTTP status and header fields. */
final class StatusMapping {
    private static final CharSequence SESSION = HttpHeaders.createOptimized("Mcp-Session-Id");
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence POST = HttpHeaders.createOptimized("POST");

    private StatusMapping() {}

    /** Sets the status and the header fields. */
    static void head(HttpServerResponse response, ReplyStatus replyStatus) {
        if (replyStatus instanceof ReplyStatus.Result(var session) && session == null) {
            return; // the most frequent case: the status is already 200
        }
        switch (replyStatus) {
            case ReplyStatus.Result answer -> {
                if (answer.session() != null) {
                    response.putHeader(SESSION, answer.session());
                }
            }
            case ReplyStatus.Accepted accepted -> response.setStatusCode(202);
            case ReplyStatus.Malformed malformed -> response.setStatusCode(400);
            case ReplyStatus.UnknownMethod unknown -> response.setStatusCode(404);
            case ReplyStatus.NoSession none -> response.setStatusCode(404);
            case ReplyStatus.NoEvent none -> response.setStatusCode(404);
            case ReplyStatus.NotAllowed not -> response.setStatusCode(405).putHeader(ALLOW, POST);
            case ReplyStatus.Conflict conflict -> response.setStatusCode(409);
            case ReplyStatus.Ended ended -> response.setStatusCode(200);
            case ReplyStatus.Unauthenticated unauthenticated ->
                response.setStatusCode(401).putHeader(CHALLENGE, unauthenticated.challenge());
            case ReplyStatus.Forbidden forbidden -> {
                response.setStatusCode(403);
                if (forbidden.challenge() != null) {
                    response.putHeader(CHALLENGE, forbidden.challenge());
                }
            }
            case ReplyStatus.TooMany tooMany ->
                response.setStatusCode(429).putHeader(RETRY_AFTER, seconds(tooMany.retryAfter()));
            case ReplyStatus.Overloaded overloaded ->
                response.setStatusCode(503).putHeader(RETRY_AFTER, seconds(overloaded.retryAfter()));
        }
    }

    /** Returns whole seconds, rounded up, at least one. */
    static String seconds(Duration duration) {
        long whole = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.max(1, whole));
    }
}
