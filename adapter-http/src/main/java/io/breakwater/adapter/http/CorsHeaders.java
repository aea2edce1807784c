package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The header fields that let a page of an allowed origin call the server (Fetch standard, CORS protocol). */
final class CorsHeaders {
    private static final CharSequence METHODS = HttpHeaders.createOptimized("POST, GET, DELETE");
    private static final CharSequence EXPOSED =
            HttpHeaders.createOptimized("Mcp-Session-Id, WWW-Authenticate, Retry-After, RateLimit, RateLimit-Policy");
    private static final CharSequence FIELDS = HttpHeaders.createOptimized("Content-Type, Accept, Authorization, DPoP,"
            + " Last-Event-ID, Mcp-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name");
    private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

    private CorsHeaders() {}

    /** Allows the page to read the answer. */
    static void allow(HttpServerResponse response, String origin) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** Allows every page to read the answer, which does not depend on the sender. */
    static void allowAll(HttpServerResponse response) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }

    /**
     * Answers a preflight request. It allows the requested field names, since tools may add their own header fields.
     */
    static void answerPreflight(HttpExchange exchange) {
        var requested = exchange.request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        exchange.response
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, requested == null ? FIELDS : requested)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
        exchange.end(Buffer.buffer());
    }
}
