package io.breakwater.adapter.http;

import io.breakwater.port.driving.Disposition;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** The one table that makes a status and header fields of what core says about an answer. */
final class Answers {
    private static final CharSequence SESSION = HttpHeaders.createOptimized("Mcp-Session-Id");
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("WWW-Authenticate");
    private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence POST = HttpHeaders.createOptimized("POST");

    private Answers() {}

    /** Sets status and header fields. */
    static void head(HttpServerResponse response, Disposition disposition) {
        if (disposition instanceof Disposition.Answer(var session) && session == null) {
            return; // by far the most frequent: 200 is there already
        }
        switch (disposition) {
            case Disposition.Answer answer -> {
                if (answer.session() != null) {
                    response.putHeader(SESSION, answer.session());
                }
            }
            case Disposition.Accepted accepted -> response.setStatusCode(202);
            case Disposition.Malformed malformed -> response.setStatusCode(400);
            case Disposition.UnknownMethod unknown -> response.setStatusCode(404);
            case Disposition.NoSession none -> response.setStatusCode(404);
            case Disposition.NoEvent none -> response.setStatusCode(404);
            case Disposition.NotAllowed not -> response.setStatusCode(405).putHeader(ALLOW, POST);
            case Disposition.Conflict conflict -> response.setStatusCode(409);
            case Disposition.Ended ended -> response.setStatusCode(200);
            case Disposition.Unauthenticated nobody ->
                response.setStatusCode(401).putHeader(CHALLENGE, nobody.challenge());
            case Disposition.Forbidden forbidden -> {
                response.setStatusCode(403);
                if (forbidden.challenge() != null) {
                    response.putHeader(CHALLENGE, forbidden.challenge());
                }
            }
            case Disposition.TooMany tooMany ->
                response.setStatusCode(429).putHeader(RETRY_AFTER, seconds(tooMany.retryAfter()));
            case Disposition.Overloaded overloaded ->
                response.setStatusCode(503).putHeader(RETRY_AFTER, seconds(overloaded.retryAfter()));
        }
    }

    /** Whole seconds, rounded up, at least one. */
    static String seconds(Duration duration) {
        long whole = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.max(1, whole));
    }
}
