package io.breakwater.core.presentation.call;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.PortException;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolException;
import io.breakwater.server.mcp.ToolResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Maps exceptions to outcomes. Messages of exceptions that are not meant for callers appear in the log only, under the
 * request id.
 */
public final class OutcomeMapping {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.call");
    private static final Duration SOON = Duration.ofSeconds(1);

    OutcomeMapping() {}

    /** Maps an exception to the outcome of its call. */
    Outcome of(ActiveCall call, Throwable thrown) {
        return switch (unwrapped(thrown)) {
            case SuspendSignal unwind -> unwind.outcome();
            case McpException error -> new Outcome.Failed(error);
            case ToolException error ->
                failureOutcome(call, error.code(), message(error), error.retryAfter(), error.getCause());
            case PortException failure -> portFailure(call, failure);
            case RejectedExecutionException full ->
                Refusal.of(ErrorCode.OVERLOADED, "The server is busy; try again soon.")
                        .withRetryAfter(SOON);
            case InterruptedException interrupted -> interrupted(call, interrupted);
            default -> unexpectedFailure(call, thrown);
        };
    }

    /** Removes the wrappers that futures and proxies put around an exception. */
    public static Throwable unwrapped(Throwable thrown) {
        var cause = thrown.getCause();
        boolean wrapped = thrown instanceof ExecutionException
                || thrown instanceof CompletionException
                || thrown instanceof InvocationTargetException
                || thrown instanceof UndeclaredThrowableException;
        return wrapped && cause != null ? unwrapped(cause) : thrown;
    }

    private Outcome portFailure(ActiveCall call, PortException failure) {
        var message = message(failure);
        return switch (failure) {
            case PortException.UnavailableException down ->
                failureOutcome(call, ErrorCode.EXTERNAL_ERROR, message, down.retryAfter(), down.getCause());
            case PortException.DeadlineExceededException late ->
                failureOutcome(call, ErrorCode.TIMEOUT, message, null, late.getCause());
            case PortException.ExhaustedException spent ->
                failureOutcome(call, ErrorCode.RATE_LIMITED, message, spent.retryAfter(), spent.getCause());
            case PortException.RefusedException refused -> refused(call, refused);
            case PortException.IdempotencyException repeated ->
                failureOutcome(call, code(repeated.problem()), message, repeated.retryAfter(), repeated.getCause());
            case PortException.ProtocolErrorException error -> {
                logFailure(call, Level.WARN, message, error.getCause());
                yield new Outcome.Failed(new McpException(error.code(), message, error.data()));
            }
        };
    }

    /**
     * Maps a refusal. The log has its cause only if the external system is at fault or at level debug; the request log
     * has every outcome.
     */
    private Outcome refused(ActiveCall call, PortException.RefusedException refused) {
        var code = code(refused.reason());
        var cause = code == ErrorCode.EXTERNAL_ERROR || LOG.isDebugEnabled() ? refused.getCause() : null;
        return failureOutcome(call, code, message(refused), code == ErrorCode.OVERLOADED ? SOON : null, cause);
    }

    private static ErrorCode code(PortException.RefusedException.Reason reason) {
        return switch (reason) {
            case INVALID -> ErrorCode.INVALID_PARAMS;
            case FORBIDDEN -> ErrorCode.FORBIDDEN;
            case NOT_FOUND -> ErrorCode.NOT_FOUND;
            case CONFLICT -> ErrorCode.CONFLICT;
            case OVERLOADED -> ErrorCode.OVERLOADED;
            case OTHER -> ErrorCode.EXTERNAL_ERROR;
        };
    }

    private static ErrorCode code(PortException.IdempotencyException.Problem problem) {
        return switch (problem) {
            case IN_PROGRESS, UNKNOWN_OUTCOME, RESULT_NOT_KEPT -> ErrorCode.CONFLICT;
            case OTHER_ARGUMENTS -> ErrorCode.INVALID_PARAMS;
            case UNCONFIRMED -> ErrorCode.EXTERNAL_ERROR;
        };
    }

    private static String message(Throwable thrown) {
        var message = thrown.getMessage();
        return message == null ? "The call failed." : message;
    }

    private Outcome interrupted(ActiveCall call, InterruptedException thrown) {
        return call.cancelled() ? new Outcome.Cancelled() : unexpectedFailure(call, thrown);
    }

    private Outcome unexpectedFailure(ActiveCall call, Throwable thrown) {
        LOG.atError()
                .addKeyValue("request_id", call.requestId())
                .addKeyValue("method", call.method())
                .addKeyValue("target", call.target())
                .setCause(thrown)
                .log("A call failed with an unexpected exception");
        var message = "Internal error; the server's log has the cause under request id " + call.requestId() + ".";
        return call.tool() == null
                ? new Outcome.Failed(new McpException(McpException.INTERNAL_ERROR, message))
                : tool(call, ErrorCode.INTERNAL_ERROR, message, null);
    }

    /** Maps a failure with a message to a tool result, or to an error for other methods. */
    private Outcome failureOutcome(
            ActiveCall call, ErrorCode code, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        boolean callerError = isCallerError(code);
        logFailure(call, callerError ? Level.DEBUG : Level.WARN, message, cause);
        if (call.tool() != null) {
            return tool(call, code, message, retryAfter);
        }
        return new Outcome.Failed(
                new McpException(callerError ? McpException.INVALID_PARAMS : McpException.INTERNAL_ERROR, message));
    }

    private static boolean isCallerError(ErrorCode code) {
        return switch (code) {
            case INVALID_PARAMS, NOT_FOUND, FORBIDDEN, CONFLICT, DECLINED -> true;
            default -> false;
        };
    }

    private static void logFailure(ActiveCall call, Level level, String message, @Nullable Throwable cause) {
        if (cause == null || isExplained(cause)) {
            if (level == Level.WARN) {
                call.setFailureReason(message);
            }
        } else {
            LOG.atLevel(level)
                    .addKeyValue("request_id", call.requestId())
                    .addKeyValue("target", call.target())
                    .setCause(cause)
                    .log(message);
        }
    }

    /** True when the cause has no stack trace and no cause, so that the message is complete. */
    private static boolean isExplained(Throwable cause) {
        return cause.getStackTrace().length == 0 && cause.getCause() == null;
    }

    /** Creates the error result of a tool, which has the same structure for all tools. */
    public static Outcome.Tool tool(ActiveCall call, ErrorCode code, String message, @Nullable Duration retryAfter) {
        var error =
                Json.object().put("code", code.name()).put("message", message).put("requestId", call.requestId());
        if (retryAfter != null) {
            error.put("retryAfterMs", retryAfter.toMillis());
        }
        var body = Json.object().put("error", error.build()).build();
        var text = Content.text(new String(JsonWriter.bytes(body), StandardCharsets.UTF_8));
        var tool = call.tool();
        // A tool with an output schema promised structured results of that shape; its errors are in the text alone.
        var structured = tool == null || tool.outputSchema() == null ? body : null;
        return new Outcome.Tool(new ToolResult(List.of(text), structured, true, Json.Obj.EMPTY), code);
    }
}
