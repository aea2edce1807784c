package io.breakwater.core.presentation.tool.batch;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.method.DryRunRequest;
import io.breakwater.core.presentation.tool.batch.BatchResult.Failure;
import io.breakwater.core.presentation.tool.batch.BatchResult.Item;
import io.breakwater.port.CallContext.Reservation;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.JsonWriter;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts the outcomes of items. The sum of their results is limited, because the result of the batch has them twice,
 * as structured content and as quoted text, and must fit into the limit for one result. Thread-safe.
 */
final class ItemResults {
    private static final int COPIES = 4;

    private final ActiveCall batch;
    private long free; // guarded by this

    ItemResults(ActiveCall batch) {
        this.batch = batch;
        this.free = batch.maxResultBytes() / COPIES;
    }

    Item of(ActiveCall call, Outcome outcome) {
        var tool = call.target();
        var value = value(outcome);
        if (value != null) {
            byte[] json = JsonWriter.bytes(value);
            return take(json.length)
                    ? Item.succeeded(tool, new Json.Raw(json))
                    : Item.failed(tool, tooLarge(call, json.length));
        }
        return Item.failed(tool, error(call, outcome));
    }

    /** Returns the value of a result, or the report of a dry run; null for all other outcomes. */
    private static @Nullable Json value(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Tool(var result, var code) when code == null && !result.isError() -> value(result);
            case Outcome.DryRun(var result) -> result.meta().object(DryRunRequest.META_KEY);
            default -> null;
        };
    }

    private static Json value(ToolResult result) {
        var structured = result.structured();
        if (structured != null) {
            return structured;
        }
        var blocks = result.content().stream().<Json>map(Content::json).toList();
        return Json.object().put("content", new Json.Arr(blocks)).build();
    }

    private synchronized boolean take(int bytes) {
        if (bytes > free || batch.reserve(bytes) != Reservation.RESERVED) {
            return false;
        }
        free -= bytes;
        return true;
    }

    private static Failure tooLarge(ActiveCall call, int bytes) {
        return new Failure(
                ErrorCode.INTERNAL_ERROR.name(),
                "The tool succeeded, but its result of " + bytes
                        + " bytes does not fit into the result of the batch with the others. Call the tool by itself.",
                call.requestId(),
                null);
    }

    private static Failure error(ActiveCall call, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Tool(var result, var code) -> resultError(call, result, code);
            case Refusal refusal -> {
                var after = refusal.retryAfter();
                yield new Failure(
                        refusal.code().name(),
                        refusal.message(),
                        call.requestId(),
                        after == null ? null : (Long) after.toMillis());
            }
            case Outcome.Failed(var failure) ->
                new Failure(outcome.status().name(), String.valueOf(failure.getMessage()), call.requestId(), null);
            case Outcome.Cancelled() ->
                new Failure(
                        ErrorCode.CANCELLED.name(),
                        "The batch was cancelled before this operation ended.",
                        call.requestId(),
                        null);
            case Outcome.Value value -> unexpected(call);
            case Outcome.DryRun report -> unexpected(call);
            case Outcome.InputRequired required -> unexpected(call);
            case Outcome.Task task -> unexpected(call);
            case Outcome.Stream stream -> unexpected(call);
        };
    }

    private static Failure unexpected(ActiveCall call) {
        throw new IllegalStateException("The tool " + call.target() + " ended with an outcome that no item can have.");
    }

    /** The server writes its own errors as JSON; what a tool reports itself is any text. */
    private static Failure resultError(ActiveCall call, ToolResult result, @Nullable ErrorCode code) {
        var text = result.content().stream()
                .map(block -> block instanceof Content.Text(String words) ? words : "")
                .collect(Collectors.joining("\n"));
        if (code == null) {
            return new Failure("TOOL_ERROR", text, call.requestId(), null);
        }
        var body = body(text);
        var message = body.text("message");
        return new Failure(code.name(), message == null ? text : message, call.requestId(), retryAfter(body));
    }

    private static Json.Obj body(String text) {
        try {
            return Json.parse(text) instanceof Json.Obj body ? body.object("error") : Json.Obj.EMPTY;
        } catch (JsonSyntaxException replaced) { // an interceptor may replace the text
            return Json.Obj.EMPTY;
        }
    }

    private static @Nullable Long retryAfter(Json.Obj body) {
        return body.get("retryAfterMs") instanceof Json.Decimal(var millis) ? (Long) millis.longValue() : null;
    }
}
