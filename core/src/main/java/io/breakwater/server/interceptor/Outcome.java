package io.breakwater.server.interceptor;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ToolResult;
import org.jspecify.annotations.Nullable;

/** The result or the failure with which a call ends. */
public sealed interface Outcome
        permits Outcome.Tool,
                Outcome.DryRun,
                Outcome.Value,
                Outcome.Failed,
                Outcome.InputRequired,
                Outcome.Task,
                Outcome.Stream,
                Outcome.Cancelled,
                Refusal {

    /**
     * The result of a tool. {@code code} is the reason for a {@code ToolException}; null for a success, and if the tool
     * itself returned {@code isError}.
     */
    record Tool(ToolResult result, @Nullable ErrorCode code) implements Outcome {}

    /** The report on what a call of a tool would do, in the form of a result of the tool. The tool did not run. */
    record DryRun(ToolResult result) implements Outcome {}

    /** The result of another method. */
    record Value(Json result) implements Outcome {}

    /** The request ends with a JSON-RPC error. */
    record Failed(McpException error) implements Outcome {}

    /** The call waits for responses of the client, which repeats the call with them. */
    record InputRequired(Json.Obj requests, String state) implements Outcome {}

    /** The call continues as a task; {@code result} is the {@code CreateTaskResult}. */
    record Task(Json.Obj result) implements Outcome {}

    /** The response is an event stream that stays open; {@code begin} opens it. */
    record Stream(Runnable begin) implements Outcome {}

    /** The call was cancelled; no response is sent. */
    record Cancelled() implements Outcome {}

    /** Returns the status for metrics and logs. */
    default CallStatus status() {
        return switch (this) {
            case Tool(ToolResult result, var code) ->
                code != null ? CallStatus.of(code) : result.isError() ? CallStatus.TOOL_ERROR : CallStatus.OK;
            case DryRun ignored -> CallStatus.DRY_RUN;
            case Value ignored -> CallStatus.OK;
            case Stream ignored -> CallStatus.OK;
            case Failed(McpException error) -> CallStatus.of(codeOf(error));
            case Refusal refusal -> CallStatus.of(refusal.code());
            case InputRequired ignored -> CallStatus.INPUT_REQUIRED;
            case Task ignored -> CallStatus.TASK;
            case Cancelled ignored -> CallStatus.CANCELLED;
        };
    }

    /** Returns true if the call succeeded or continues. */
    default boolean isSuccess() {
        return !status().isFailure();
    }

    private static ErrorCode codeOf(McpException error) {
        return switch (error.code()) {
            case McpException.INTERNAL_ERROR -> ErrorCode.INTERNAL_ERROR;
            case McpException.METHOD_NOT_FOUND, McpException.RESOURCE_NOT_FOUND -> ErrorCode.NOT_FOUND;
            default -> ErrorCode.INVALID_PARAMS;
        };
    }
}
