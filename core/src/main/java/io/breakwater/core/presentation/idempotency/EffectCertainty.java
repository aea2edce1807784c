package io.breakwater.core.presentation.idempotency;

import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.port.PortException;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;

/**
 * Judges by the exception of a handler whether its call had an effect. A handler that refuses a call with {@link
 * ToolException} does so before its effect, and so does a system that refuses a request; after any other exception, the
 * outcome is unknown. An effect of {@code runOnce} is known in any case, and is not judged here.
 */
final class EffectCertainty {
    private EffectCertainty() {}

    /** Returns true if the call certainly had no effect, so that its key is free again. */
    static boolean hadNone(Throwable thrown) {
        return switch (OutcomeMapping.unwrapped(thrown)) {
            case ToolException error -> error.hadNoEffect() || isRefusal(error.code());
            case PortException.RefusedException refused ->
                refused.reason() != PortException.RefusedException.Reason.OTHER;
            case PortException.ExhaustedException spent -> true;
            case McpException error -> error.code() != McpException.INTERNAL_ERROR;
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

    /** Returns true if the call has not ended: its client responds, and it goes on in another round. */
    static boolean continues(Throwable thrown) {
        return OutcomeMapping.unwrapped(thrown) instanceof SuspendSignal unwind
                && unwind.outcome() instanceof Outcome.InputRequired;
    }
}
