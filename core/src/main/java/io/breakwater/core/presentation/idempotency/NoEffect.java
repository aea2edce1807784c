package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Separates failures that mean that a call had no effect, after which its key is free again, from failures with an
 * unknown outcome. A handler that refuses a call with {@link ToolException} does so before its effect.
 */
final class NoEffect {
    private NoEffect() {}

    static boolean isCertain(Throwable thrown) {
        return switch (OutcomeMapping.unwrapped(thrown)) {
            case ToolException error -> isRefusal(error.code());
            case PortException.RefusedException refused ->
                refused.reason() != PortException.RefusedException.Reason.OTHER;
            case PortException.ExhaustedException spent -> true;
            case McpException error -> error.code() != McpException.INTERNAL_ERROR;
            case RejectedExecutionException full -> true;
            case SuspendSignal unwind -> true; // the call runs again when the client has responded
            default -> false;
        };
    }

    private static boolean isRefusal(ErrorCode code) {
        return switch (code) {
            case INVALID_PARAMS, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, DECLINED, RATE_LIMITED, OVERLOADED ->
                true;
            case TIMEOUT, CANCELLED, EXTERNAL_ERROR, INTERNAL_ERROR -> false;
        };
    }
}
