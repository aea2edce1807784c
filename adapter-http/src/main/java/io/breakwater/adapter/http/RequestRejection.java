package io.breakwater.adapter.http;

import io.breakwater.port.SettingNames;
import java.util.List;

/**
 * The reasons why the transport refuses a request before it reaches the MCP endpoint, each with a status and a message
 * that says what to change; {@link RejectionBodies} creates the answer.
 */
enum RequestRejection {
    BAD_REQUEST(400, "This is not a well-formed HTTP request."),
    PLAIN_HTTP(400, "This port accepts only HTTP over TLS. Use an https:// address."),
    PROXY_HEADER(
            400,
            "The connection is not from an address in %s, or it does not begin with a valid header of the PROXY"
                    + " protocol.",
            "HttpSettings.Proxies.trusted"),
    BODY_FRAMING(400, "The body is incomplete, or its chunks are malformed."),
    UNAUTHENTICATED(401, "This server requires a credential. Send one in the header field Authorization."),
    AMBIGUOUS_PATH(
            400,
            "The path could be interpreted in two ways. Send it without empty segments, dot segments, backslashes, and"
                    + " encoded slashes, percent signs or control characters."),
    MANAGEMENT_KEY(
            401,
            "This path needs the management key in the header field Authorization: Bearer KEY. The log of the server"
                    + " names the file that contains the key."),
    HOST(403, "This server does not accept this Host. To allow it, add the name to %s.", "HttpSettings.allowedHosts"),
    ORIGIN(
            403,
            "Pages of this Origin may not call this server. To allow them, add the origin to %s.",
            "HttpSettings.allowedOrigins"),
    ANONYMOUS(
            403,
            "This server has no authentication, so it accepts MCP only from its own machine. Switch on authentication"
                    + " with %s, or set %s to true if every caller may call its tools.",
            "BreakwaterBuilder.authenticator",
            "HttpSettings.anonymous"),
    PATH(
            404,
            "No resource exists at this path. The setting %s gives the path of the MCP endpoint.",
            "HttpSettings.path"),
    MANAGEMENT_PATH(404, "The management listener has no resource at this path."),
    METHOD(405, "This path does not support this method."),
    NOT_ACCEPTABLE(406, "The answer is a text/event-stream, which the Accept header field excludes."),
    MISDIRECTED(421, "The request is for another server: the authority in its target does not name this server."),
    SLOW_HEAD(408, "The header fields did not arrive in time. See %s.", "HttpSettings.Limits.headTimeout"),
    SLOW(
            408,
            "The body did not arrive in time. See %s and %s.",
            "HttpSettings.Limits.bodyTimeout",
            "HttpSettings.Limits.bodyBytesPerSecond"),
    BODY_SIZE(413, "The body is larger than %s allows.", "HttpSettings.Limits.bodyBytes"),
    RESOURCE_BODY_SIZE(413, "The body is larger than this path accepts."),
    TOO_HEAVY(
            413,
            "The message would occupy more memory than one caller may hold. See %s and %s.",
            "MemoryLimits.bytes",
            "MemoryLimits.share"),
    REQUEST_LINE_SIZE(414, "The request line is longer than %s allows.", "HttpSettings.Limits.requestLineBytes"),
    MEDIA_TYPE(415, "The body must be application/json in UTF-8, without a content encoding."),
    HEAD_SIZE(431, "The header fields are larger than %s allows.", "HttpSettings.Limits.headBytes"),
    HEAD_FIELDS(431, "The request has more header fields than %s allows.", "HttpSettings.Limits.headFields"),
    INTERNAL(500, "The server failed to answer this request."),
    TRANSFER_CODING(501, "The body has a transfer coding other than chunked. Send it as it is, with a Content-Length."),
    MEMORY(
            503,
            "There is no memory left for this message (%s), or this address has used its share (%s). Try again in 2"
                    + " seconds.",
            "MemoryLimits.bytes",
            "MemoryLimits.share"),
    IDENTITY(503, "The server cannot determine who sends this request at present. Try again later."),
    STOPPED(503, "The MCP server is starting or stopping. Try again in 5 seconds."),
    STREAMS(503, "The maximum number of streams is open (%s). Try again later.", "HttpSettings.Streams.open"),
    REQUESTS(
            503,
            "This connection has more active requests than %s allows.",
            "HttpSettings.Limits.requestsPerConnection"),
    HANDSHAKES(
            503,
            "This address has more TLS handshakes in progress than %s allows.",
            "HttpSettings.Limits.handshakesPerAddress"),
    CONNECTIONS(503, "The maximum number of connections is open (%s).", "HttpSettings.Limits.connections"),
    HTTP_VERSION(505, "This version of HTTP is not supported. Use HTTP/1.1 or HTTP/2.");

    final int status;
    private final String message;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> settings;

    RequestRejection(int status, String message, String... settings) {
        this.status = status;
        this.message = message;
        this.settings = List.of(settings);
    }

    /** Returns the settings that the message names. */
    List<String> settings() {
        return settings;
    }

    /** Returns the message with these names of its settings. */
    String message(SettingNames names) {
        return message.formatted(settings.stream().map(names::nameOf).toArray());
    }
}
