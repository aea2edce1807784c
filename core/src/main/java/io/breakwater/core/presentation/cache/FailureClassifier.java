package io.breakwater.core.presentation.cache;

import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Separates failures that affect every equal call from failures of one call. A missing result, an unavailable database
 * or a fault in a handler affects the next call too, so all calls that wait in the single flight receive the failure at
 * once. A deadline, a cancellation, a full executor, a client request or a missing client capability affects one call
 * only.
 */
final class FailureClassifier {
    private FailureClassifier() {}

    static boolean affectsEqualCalls(Throwable thrown) {
        return switch (OutcomeMapping.unwrapped(thrown)) {
            case ToolException error ->
                switch (error.code()) {
                    case TIMEOUT, CANCELLED, OVERLOADED, RATE_LIMITED -> false;
                    default -> true;
                };
            case PortException.DeadlineExceededException late -> false;
            case PortException.RefusedException refused ->
                refused.reason() != PortException.RefusedException.Reason.OVERLOADED;
            case RejectedExecutionException full -> false;
            case InterruptedException interrupted -> false;
            case McpException error -> false;
            case SuspendSignal unwind -> false;
            default -> true;
        };
    }
}
