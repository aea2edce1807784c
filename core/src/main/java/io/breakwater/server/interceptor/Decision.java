package io.breakwater.server.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.mcp.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an {@link Interceptor} decides. */
public sealed interface Decision {

    /** The next one, please. */
    Decision PROCEED = new Proceed();

    /** See {@link #PROCEED}. */
    record Proceed() implements Decision {}

    /** The call has its outcome already; nobody further in is asked. */
    record Respond(Outcome outcome) implements Decision {}

    /**
     * The call does not go on.
     *
     * @param message for the caller
     * @param retryAfter when another try makes sense, or null
     */
    record Refuse(ErrorCode code, String message, @Nullable Duration retryAfter) implements Decision {}

    /** Ask me again on that lane, then go on there. */
    record SwitchExecutor(ExecutionMode lane) implements Decision {}
}
