package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.OutcomeMapping;
import io.breakwater.core.presentation.call.SuspendSignal;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tells failures that would meet every equal call from those that met one. A result that does not exist, a database
 * that is down or a fault of a handler's meets the next call too, and a thousand that wait are spared to find that out
 * one after the other. A deadline, a cancellation, a full lane, a question to the caller and what its client cannot do
 * are its own.
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
