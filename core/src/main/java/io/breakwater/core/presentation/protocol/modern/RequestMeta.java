package io.breakwater.core.presentation.protocol.modern;

import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;

/**
 * The {@code _meta} of a request, from which the stateless era knows the client (2026-07-28, basic: per-request
 * metadata).
 *
 * @param version the revision that the client names, not yet checked
 * @param meta the whole object
 * @param logLevel the least severe level of log messages that the client requests, or null for none
 * @param progressToken the JSON text of the token to report progress under, or null
 */
record RequestMeta(
        String version,
        ParsedJson meta,
        @Nullable LogLevel logLevel,
        @Nullable String progressToken) {
    private static final String PREFIX = "io.modelcontextprotocol/";
    static final String VERSION = PREFIX + "protocolVersion";
    static final String CAPABILITIES = PREFIX + "clientCapabilities";
    static final String CLIENT_INFO = PREFIX + "clientInfo";
    static final String LOG_LEVEL = PREFIX + "logLevel";

    /** True when these parameters claim to belong to this era, valid or not. */
    static boolean claimed(ParsedJson params) {
        var meta = params.member("_meta");
        return meta != null && meta.isObject() && (meta.has(VERSION) || meta.has(CAPABILITIES));
    }

    static RequestMeta of(ParsedJson params) throws RejectedMessageException {
        var meta = params.member("_meta");
        if (meta == null || !meta.isObject()) {
            throw missing(VERSION);
        }
        var version = meta.text(VERSION);
        if (version == null) {
            throw missing(VERSION);
        }
        var capabilities = meta.member(CAPABILITIES);
        if (capabilities == null || !capabilities.isObject()) {
            throw missing(CAPABILITIES);
        }
        return new RequestMeta(version, meta, level(meta), token(meta));
    }

    private static RejectedMessageException missing(String key) {
        return RejectedMessageException.malformed(
                McpException.INVALID_PARAMS,
                "Every request of 2026-07-28 must have params._meta[\"" + key + "\"]"
                        + (key.equals(VERSION) ? " (a string)" : " (an object)"));
    }

    private static @Nullable LogLevel level(ParsedJson meta) throws RejectedMessageException {
        if (!meta.has(LOG_LEVEL)) {
            return null;
        }
        var name = meta.text(LOG_LEVEL);
        return LogLevel.of(name == null ? "" : name)
                .orElseThrow(() -> new RejectedMessageException(
                        ReplyStatus.RESULT,
                        McpException.invalidParams(LOG_LEVEL + " must be one of " + LogLevel.names())));
    }

    private static @Nullable String token(ParsedJson meta) throws RejectedMessageException {
        var token = meta.member("progressToken");
        if (token == null) {
            return null;
        }
        var json = token.idText();
        if (json == null) {
            throw RejectedMessageException.malformed(
                    McpException.INVALID_PARAMS, "progressToken must be a string or an integer");
        }
        return json;
    }
}
