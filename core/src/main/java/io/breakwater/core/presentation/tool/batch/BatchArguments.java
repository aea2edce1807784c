package io.breakwater.core.presentation.tool.batch;

import io.breakwater.port.Json;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code batch_operation}. */
record BatchArguments(
        @Description("The calls, at most 50. They run concurrently, so none can use the result of another.")
        @Size(min = 1, max = BatchArguments.MAX_OPERATIONS)
        List<Operation> operations) {

    static final int MAX_OPERATIONS = 50;

    /** One call. */
    record Operation(
            @Description("The name of the tool. It must not be batch_operation.") @Length(min = 1, max = 128)
            String tool,

            @Description("The arguments of the tool; none by default.")
            Json.@Nullable Obj arguments) {

        ToolCall call() {
            return new ToolCall(tool, arguments == null ? Json.Obj.EMPTY : arguments);
        }

        boolean isBatch() {
            return tool.equals(BatchPack.BATCH_OPERATION);
        }
    }

    /** Returns the calls for which the access is decided. A batch in a batch is none: the handler refuses it. */
    List<ToolCall> calls() {
        return operations.stream()
                .filter(operation -> !operation.isBatch())
                .map(Operation::call)
                .toList();
    }
}
