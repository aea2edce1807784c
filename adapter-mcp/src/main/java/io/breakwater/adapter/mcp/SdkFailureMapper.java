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
 * Failures in both languages.
 *
 * <p>What a handler throws ends the request as it does under the SDK's server: an {@link McpError} with its own code,
 * message and data; anything else as an internal error with the exception's message, and nothing of its class, its
 * causes or its stack.
 */
final class SdkFailureMapper {
    private final SdkJson json;

    SdkFailureMapper(SdkJson json) {
        this.json = json;
    }

    /** How a call ends whose handler threw that. */
    PortException thrown(Throwable thrown) {
        return switch (Exceptions.unwrap(thrown)) {
            case PortException failure -> failure;
            case McpError error when error.getJsonRpcError() != null -> protocol(error.getJsonRpcError(), error);
            case Throwable other -> internal(other.getMessage(), other);
        };
    }

    /** How a handler hears that its question got no answer: as under the SDK, if the client answered with an error. */
    RuntimeException unanswered(RuntimeException failure) {
        return failure instanceof PortException.ProtocolErrorException error ? told(error) : failure;
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

    private McpError told(PortException.ProtocolErrorException error) {
        var data = error.data();
        return new McpError(new JSONRPCError(error.code(), error.getMessage(), data == null ? null : json.plain(data)));
    }
}
