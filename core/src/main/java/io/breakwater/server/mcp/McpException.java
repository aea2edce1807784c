package io.breakwater.server.mcp;

import io.breakwater.port.Json;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request with a JSON-RPC error instead of a result (JSON-RPC 2.0 section 5.1). A tool that fails throws {@link
 * ToolException} instead, so that the model can read the reason.
 */
public final class McpException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The bytes are not JSON. */
    public static final int PARSE_ERROR = -32700;
    /** The JSON is not a JSON-RPC message. */
    public static final int INVALID_REQUEST = -32600;
    /** The method does not exist. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** The parameters are not valid, or name an object that does not exist. */
    public static final int INVALID_PARAMS = -32602;
    /** The server failed. */
    public static final int INTERNAL_ERROR = -32603;
    /** A header field differs from the body (MCP 2026-07-28). */
    public static final int HEADER_MISMATCH = -32020;
    /** The client did not declare a capability that the request needs (MCP 2026-07-28). */
    public static final int MISSING_CAPABILITY = -32021;
    /** The server does not support the protocol revision (MCP 2026-07-28). */
    public static final int UNSUPPORTED_VERSION = -32022;
    /** The resource does not exist (MCP up to 2025-11-25). */
    public static final int RESOURCE_NOT_FOUND = -32002;

    private final int code;
    private final transient @Nullable Json data;

    /** Creates an error without data. */
    public McpException(int code, String message) {
        this(code, message, null);
    }

    /**
     * Creates an error.
     *
     * @param message the message for the developer of the client, without internals
     * @param data machine-readable details, or null
     */
    public McpException(int code, String message, @Nullable Json data) {
        super(message, null, false, false);
        this.code = code;
        this.data = data;
    }

    /** Returns an error for parameters that are not valid. */
    public static McpException invalidParams(String message) {
        return new McpException(INVALID_PARAMS, message);
    }

    /** Returns an error for a resource that does not exist. Each era has its own code for it. */
    public static McpException noSuchResource(String uri) {
        return new McpException(
                RESOURCE_NOT_FOUND,
                "Resource not found",
                Json.object().put("uri", uri).build());
    }

    /** Returns the JSON-RPC error code. */
    public int code() {
        return code;
    }

    /** Returns machine-readable details, or null. */
    public @Nullable Json data() {
        return data;
    }
}
