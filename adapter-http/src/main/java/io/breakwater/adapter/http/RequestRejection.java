package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;

/**
 * The reasons why the transport refuses a request before it reaches the MCP endpoint, each with a status and a message
 * that says what to change. The answer is a JSON-RPC error without id whose code is the HTTP status, which lies outside
 * the range that JSON-RPC and MCP reserve.
 */
enum RequestRejection {
    BAD_REQUEST(400, "This is not a well-formed HTTP request."),
    PLAIN_HTTP(400, "This port accepts only HTTP over TLS. Use an https:// address."),
    BODY_FRAMING(400, "The body is incomplete, or its chunks are malformed."),
    HOST(403, "This server does not accept this Host. To allow it, add the name to http.allowed-hosts."),
    ORIGIN(
            403,
            "Pages of this Origin may not call this server. To allow them, add the origin to http.allowed-origins."),
    EXPOSED(
            403,
            "This server accepts MCP from its own machine alone. Set HttpSettings.withExposed(true) if other machines may"
                    + " call its tools."),
    PATH(404, "There is nothing at this path. The setting http.path gives the path of the MCP endpoint."),
    METHOD(405, "This path does not support this method."),
    NOT_ACCEPTABLE(406, "The answer is a text/event-stream, which the Accept header field excludes."),
    MISDIRECTED(421, "The request is for another server: the authority in its target does not name this server."),
    SLOW_HEAD(408, "The header fields did not arrive in time. See http.limits.head-timeout."),
    SLOW(408, "The body did not arrive in time. See http.limits.body-timeout and http.limits.body-bytes-per-second."),
    BODY_SIZE(413, "The body is larger than http.limits.body-bytes allows."),
    TOO_HEAVY(
            413,
            "The message would occupy more memory than one caller may hold. See limits.memory and"
                    + " limits.memory-share."),
    REQUEST_LINE_SIZE(414, "The request line is longer than http.limits.request-line-bytes allows."),
    MEDIA_TYPE(415, "The body must be application/json in UTF-8, without a content encoding."),
    HEAD_SIZE(431, "The header fields are larger than http.limits.head-bytes allows."),
    HEAD_FIELDS(431, "The request has more header fields than http.limits.head-fields allows."),
    INTERNAL(500, "The server failed to answer this request."),
    TRANSFER_CODING(501, "The body has a transfer coding other than chunked. Send it as it is, with a Content-Length."),
    MEMORY(
            503,
            "There is no memory left for this message (limits.memory), or this address has used its share"
                    + " (limits.memory-share). Try again in 2 seconds."),
    STOPPED(503, "The MCP server is starting or stopping. Try again in 5 seconds."),
    STREAMS(503, "The maximum number of streams is open (http.streams.open). Try again later."),
    REQUESTS(503, "This connection has more active requests than http.limits.requests-per-connection allows."),
    CONNECTIONS(503, "The maximum number of connections is open (http.limits.connections)."),
    HTTP_VERSION(505, "This version of HTTP is not supported. Use HTTP/1.1 or HTTP/2.");

    final int status;
    private final String message;

    RequestRejection(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** Returns the JSON-RPC error. */
    Buffer body() {
        return body("");
    }

    /** Returns the JSON-RPC error with a further sentence, which must need no escaping. */
    Buffer body(String more) {
        return Buffer.buffer(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + status + ",\"message\":\"" + message + more + "\"}}");
    }
}
