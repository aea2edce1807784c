package io.breakwater.server.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The decision of an {@link Interceptor} before a call. */
public sealed interface Decision {

    /** The call continues with the next interceptor. */
    Decision PROCEED = new Proceed();

    /** See {@link #PROCEED}. */
    record Proceed() implements Decision {}

    /** The call ends with this outcome; inner interceptors and the handler do not run. */
    record Respond(Outcome outcome) implements Decision {}

    /**
     * The call is refused.
     *
     * @param code the reason
     * @param message the message for the caller
     * @param retryAfter the time after which a retry may succeed, or null
     */
    record Refuse(ErrorCode code, String message, @Nullable Duration retryAfter) implements Decision {}

    /** The call switches to this execution mode, calls the same interceptor again there, and continues there. */
    record SwitchExecutor(ExecutionMode executionMode) implements Decision {}
}
