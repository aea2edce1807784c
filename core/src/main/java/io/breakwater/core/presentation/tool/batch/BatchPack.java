package io.breakwater.core.presentation.tool.batch;

import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolException;
import java.util.List;

/**
 * The pack {@code batch}: the tool {@code batch_operation}, which makes calls of other tools. Each of them passes the
 * interceptors as a call of its own tool. The access to all of them is decided before the first one starts.
 */
public final class BatchPack implements Pack {
    static final String BATCH_OPERATION = "batch_operation";

    private final BatchCalls calls;
    private final List<BatchAdmission> admissions;

    /**
     * Creates the pack.
     *
     * @param calls prepares the items
     * @param admissions decide on each batch as a whole, in this order
     */
    public BatchPack(BatchCalls calls, List<BatchAdmission> admissions) {
        this.calls = calls;
        this.admissions = List.copyOf(admissions);
    }

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public List<Tool> tools() {
        return List.of(Tool.named(BATCH_OPERATION)
                .title("Call several tools")
                .description("Calls several tools at once, and returns the result of each in the same order. Use it for"
                        + " calls that do not depend on each other. The calls are independent: if one fails, the"
                        + " others still take effect. For SQL statements in one transaction, use batch_operations.")
                .input(BatchArguments.class)
                .output(BatchResult.class)
                .destructive()
                .idempotency(Idempotency.PER_CALLED_TOOL)
                .callsTools(BatchArguments::calls)
                .handler(DryRunHandler.of(
                        this::run, (arguments, call) -> run(arguments, call).dryRunReport())));
    }

    private BatchResult run(BatchArguments arguments, Call call) {
        refuseNesting(arguments);
        return calls.run(arguments.calls(), call, admissions);
    }

    private static void refuseNesting(BatchArguments arguments) {
        for (int i = 0; i < arguments.operations().size(); i++) {
            if (arguments.operations().get(i).isBatch()) {
                throw new ToolException(
                        ErrorCode.INVALID_PARAMS,
                        "operations[" + i + "] calls " + BATCH_OPERATION
                                + ", but a batch cannot contain a batch. List its operations directly.");
            }
        }
    }
}
