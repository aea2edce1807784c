package io.breakwater.adapter.http;

import io.vertx.core.buffer.Buffer;

/**
 * Why a request is turned away before the MCP endpoint sees it: one table of statuses and of sentences that say what to
 * change. Each is also a JSON-RPC error without id, its code the HTTP status, which lies outside the range that
 * JSON-RPC and MCP reserve.
 */
enum RequestRejection {
    BAD_REQUEST(400, "This is not a well-formed HTTP request."),
    PLAIN_HTTP(400, "This port serves HTTP over TLS alone: begin the address with https://."),
    BODY_FRAMING(400, "The body is not complete, or its chunks are not well formed."),
    HOST(403, "This server does not answer to that Host. Add the name to http.allowed-hosts if it should."),
    ORIGIN(403, "Pages of that Origin may not call this server. Add it to http.allowed-origins if they should."),
    PATH(404, "Nothing is served at this path. Look at http.path for where the MCP endpoint is."),
    METHOD(405, "This method is not served here."),
    NOT_ACCEPTABLE(406, "The answer is a text/event-stream, which the Accept field excludes."),
    MISDIRECTED(421, "The request is for another server: the authority in its target is not a name of this one."),
    SLOW_HEAD(408, "The header fields did not arrive in time. See http.limits.head-time."),
    SLOW(408, "The body did not arrive in time. See http.limits.body-time and http.limits.body-bytes-per-second."),
    BODY_SIZE(413, "The body is larger than http.limits.body-bytes allows."),
    TOO_HEAVY(
            413,
            "The message would occupy more memory than one caller may hold. See limits.memory and limits.memory-share."),
    REQUEST_LINE_SIZE(414, "The request line is longer than http.limits.request-line-bytes allows."),
    MEDIA_TYPE(415, "The body must be application/json in UTF-8, without a content encoding."),
    HEAD_SIZE(431, "The header fields are larger than http.limits.head-bytes allows."),
    HEAD_FIELDS(431, "The request has more header fields than http.limits.head-fields allows."),
    INTERNAL(500, "The server failed to answer."),
    TRANSFER_CODING(501, "The body has a transfer coding other than chunked. Send it as it is, with a Content-Length."),
    MEMORY(
            503,
            "There is no memory left for this message (limits.memory), or this address has used its share"
                    + " (limits.memory-share). Try again in 2 seconds."),
    STREAMS(503, "As many streams are open as http.streams.open allows. Try again later."),
    REQUESTS(503, "More requests are at work than http.limits.requests-per-connection allows on one connection."),
    CONNECTIONS(503, "As many connections are open as http.limits.connections allows."),
    HTTP_VERSION(505, "This version of HTTP is not served. Use HTTP/1.1 or HTTP/2.");

    final int status;
    private final String sentence;

    RequestRejection(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** The JSON-RPC error. */
    Buffer body() {
        return body("");
    }

    /** The JSON-RPC error with more to say, in plain characters. */
    Buffer body(String more) {
        return Buffer.buffer(
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + status + ",\"message\":\"" + sentence + more + "\"}}");
    }
}
