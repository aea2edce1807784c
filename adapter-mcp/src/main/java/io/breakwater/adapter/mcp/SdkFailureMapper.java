package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;

/**
 * Converts failures between the SDK and the port.
 *
 * <p>An exception of a handler ends the request as it does in the SDK's server: an {@link McpError} with its own code,
 * message and data; any other exception as an internal error with its message, but without its class, its causes or its
 * stack trace.
 */
final class SdkFailureMapper {
    private final SdkJson json;

    SdkFailureMapper(SdkJson json) {
        this.json = json;
    }

    /** Returns the failure of a call whose handler threw the exception. */
    PortException handlerFailure(Throwable thrown) {
        return switch (Exceptions.unwrap(thrown)) {
            case PortException failure -> failure;
            case McpError error when error.getJsonRpcError() != null -> protocol(error.getJsonRpcError(), error);
            case Throwable other -> internal(other.getMessage(), other);
        };
    }

    /**
     * Returns the exception that a handler receives when its client request fails: if the client responded with an
     * error, the one that the SDK throws.
     */
    RuntimeException requestFailure(RuntimeException failure) {
        return failure instanceof PortException.ProtocolErrorException error ? toMcpError(error) : failure;
    }

    private PortException protocol(JSONRPCError error, McpError cause) {
        return new PortException.ProtocolErrorException(error.code(), error.message(), data(error.data()), cause);
    }

    private @Nullable Json data(@Nullable Object data) {
        return data == null ? null : json.value(data);
    }

    private static PortException internal(@Nullable String message, Throwable cause) {
        return new PortException.ProtocolErrorException(
                ErrorCodes.INTERNAL_ERROR, Objects.requireNonNullElse(message, "Internal error"), null, cause);
    }

    private McpError toMcpError(PortException.ProtocolErrorException error) {
        var data = error.data();
        return new McpError(new JSONRPCError(error.code(), error.getMessage(), data == null ? null : json.plain(data)));
    }
}
