package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** What a browser wants to hear before it lets a page of an allowed origin call us (Fetch standard, CORS protocol). */
final class CorsHeaders {
    private static final CharSequence METHODS = HttpHeaders.createOptimized("POST, GET, DELETE");
    private static final CharSequence EXPOSED =
            HttpHeaders.createOptimized("Mcp-Session-Id, WWW-Authenticate, Retry-After");
    private static final CharSequence FIELDS = HttpHeaders.createOptimized("Content-Type, Accept, Authorization,"
            + " Last-Event-ID, Mcp-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name");
    private static final CharSequence TEN_MINUTES = HttpHeaders.createOptimized("600");

    private CorsHeaders() {}

    /** Lets the page read the answer. */
    static void allow(HttpServerResponse response, String origin) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** Tells the page what it may send. Fields are asked for by name, since tools may add fields of their own. */
    static void answerPreflight(HttpExchange exchange) {
        var asked = exchange.request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        exchange.response
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? FIELDS : asked)
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
        exchange.end(Buffer.buffer());
    }
}
