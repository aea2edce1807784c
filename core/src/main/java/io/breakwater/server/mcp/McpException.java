package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a JSON-RPC error instead of a result (JSON-RPC 2.0 section 5.1). Tools that fail at their work
 * throw {@link ToolException} instead, so that the model can read why.
 */
public final class McpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The bytes are not JSON. */
    public static final int PARSE_ERROR = -32700;
    /** JSON, but no JSON-RPC message. */
    public static final int INVALID_REQUEST = -32600;
    /** No such method. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The parameters are wrong, or name something that does not exist. */
    public static final int INVALID_PARAMS = -32602;
    /** A fault of the server. */
    public static final int INTERNAL_ERROR = -32603;
    /** A header field and the body disagree (MCP 2026-07-28). */
    public static final int HEADER_MISMATCH = -32020;
    /** The client did not declare a capability the request needs (MCP 2026-07-28). */
    public static final int MISSING_CAPABILITY = -32021;
    /** The protocol revision is not spoken here (MCP 2026-07-28). */
    public static final int UNSUPPORTED_VERSION = -32022;
    /** The resource does not exist (MCP up to 2025-11-25). */
    public static final int RESOURCE_NOT_FOUND = -32002;

    private final int code;
    private final transient @Nullable Json data;

    /** An error without data. */
    public McpException(int code, String message) {
        this(code, message, null);
    }

    /**
     * An error.
     *
     * @param message for the developer of the client; holds no internals
     * @param data machine-readable detail, or null
     */
    public McpException(int code, String message, @Nullable Json data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** Parameters that are wrong. */
    public static McpException invalidParams(String message) {
        return new McpException(INVALID_PARAMS, message);
    }

    /** A resource that does not exist; each era has its own code for it. */
    public static McpException noSuchResource(String uri) {
        return new McpException(
                RESOURCE_NOT_FOUND,
                "Resource not found",
                Json.object().put("uri", uri).build());
    }

    /** The JSON-RPC error code. */
    public int code() {
        return code;
    }

    /** Machine-readable detail, or null. */
    public @Nullable Json data() {
        return data;
    }
}
