package io.breakwater.core.presentation.tool.batch;

import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The results of the calls of a batch; as JSON, the result of {@code batch_operation}. */
public record BatchResult(
        @Description("completed: every operation succeeded. partial: some did. failed: none did.")
        Status status,

        @Description("The result of each operation, in the order of the operations.")
        List<Item> results,

        @Description("The number of operations.") int count) {

    /** How many operations succeeded. */
    public enum Status {
        /** Every call. */
        @Name("completed")
        COMPLETED,
        /** Some of them. */
        @Name("partial")
        PARTIAL,
        /** None. */
        @Name("failed")
        FAILED
    }

    /** The result of one operation. */
    public record Item(
            @Description("The name of the tool.") String operation,
            @Description("Whether the tool succeeded.") boolean success,

            @Description(
                    "The structured result of the tool; for a tool without one, an object with its content. Present"
                            + " if it succeeded.")
            @Nullable
            Json result,

            @Description("Why the tool failed. Present if it did.") @Nullable
            Failure error) {

        static Item succeeded(String tool, Json result) {
            return new Item(tool, true, result, null);
        }

        static Item failed(String tool, Failure error) {
            return new Item(tool, false, null, error);
        }
    }

    /** The failure of one operation. */
    public record Failure(
            @Description("The code of the error, such as INVALID_PARAMS, or TOOL_ERROR for a failure that the tool"
                    + " describes itself.")
            String code,

            @Description("The reason.") String message,

            @Description("The id under which the server's log has the call.") @Nullable
            String requestId,

            @Description("The time in milliseconds after which a retry may succeed.") @Nullable
            Long retryAfterMs) {}

    /** Returns the results of a batch that is a dry run, with the report or the failure of each call. */
    public Json dryRunReport() {
        return Json.object()
                .put(
                        "calls",
                        new Json.Arr(
                                results.stream().<Json>map(BatchResult::report).toList()))
                .build();
    }

    private static Json.Obj report(Item item) {
        var error = item.error();
        return Json.object()
                .put("tool", item.operation())
                .putIfPresent("report", item.result())
                .putIfPresent(
                        "error",
                        error == null
                                ? null
                                : Json.object()
                                        .put("code", error.code())
                                        .put("message", error.message())
                                        .build())
                .build();
    }

    static BatchResult of(List<Item> items) {
        long succeeded = items.stream().filter(Item::success).count();
        var status = succeeded == items.size() ? Status.COMPLETED : succeeded == 0 ? Status.FAILED : Status.PARTIAL;
        return new BatchResult(status, items, items.size());
    }
}
