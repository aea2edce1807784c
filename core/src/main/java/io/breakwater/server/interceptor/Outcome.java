package io.breakwater.server.interceptor;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a call ended. */
public sealed interface Outcome {

    /** A tool gave a result, or failed in words ({@code code} is null where the tool itself said {@code isError}). */
    record Tool(ToolResult result, @Nullable ErrorCode code) implements Outcome {}

    /** Another method gave its result. */
    record Value(Json result) implements Outcome {}

    /** The request ends with a JSON-RPC error. */
    record Failed(McpException error) implements Outcome {}

    /** The guard did not let it pass. */
    record Refused(ErrorCode code, String message, @Nullable Duration retryAfter) implements Outcome {}

    /** The call waits for answers of the client; it will come again. */
    record InputRequired(Json.Obj requests, String state) implements Outcome {}

    /** The work goes on as a task; {@code result} is the {@code CreateTaskResult}. */
    record Task(Json.Obj result) implements Outcome {}

    /** The answer is a stream that goes on by itself; {@code begin} opens it. */
    record Stream(Runnable begin) implements Outcome {}

    /** Nobody waits any more; nothing is sent. */
    record Cancelled() implements Outcome {}

    /** One word for metrics and logs: {@code ok}, or an error code in lower case. */
    default String status() {
        return switch (this) {
            case Tool(ToolResult result, var code) ->
                code != null ? word(code) : result.isError() ? "tool_error" : "ok";
            case Value ignored -> "ok";
            case Stream ignored -> "ok";
            case Failed(McpException error) -> word(codeOf(error));
            case Refused refused -> word(refused.code());
            case InputRequired ignored -> "input_required";
            case Task ignored -> "task";
            case Cancelled ignored -> word(ErrorCode.CANCELLED);
        };
    }

    /** True when the call did what it was asked to do, or is still at it. */
    default boolean isSuccess() {
        return switch (this) {
            case Tool(ToolResult result, var ignored) -> !result.isError();
            case Value ignored -> true;
            case Stream ignored -> true;
            case InputRequired ignored -> true;
            case Task ignored -> true;
            case Failed ignored -> false;
            case Refused ignored -> false;
            case Cancelled ignored -> false;
        };
    }

    private static ErrorCode codeOf(McpException error) {
        return switch (error.code()) {
            case McpException.INTERNAL_ERROR -> ErrorCode.INTERNAL_ERROR;
            case McpException.METHOD_NOT_FOUND, McpException.RESOURCE_NOT_FOUND -> ErrorCode.NOT_FOUND;
            default -> ErrorCode.INVALID_PARAMS;
        };
    }

    private static String word(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
