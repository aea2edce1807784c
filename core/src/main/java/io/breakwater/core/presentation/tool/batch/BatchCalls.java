package io.breakwater.core.presentation.tool.batch;

import io.breakwater.core.business.idempotency.IdempotencyKeys;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.DryRunCall;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.UnknownTargetException;
import io.breakwater.core.presentation.idempotency.IdempotencyService;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.method.DryRunRequest;
import io.breakwater.core.presentation.method.SharedMethods;
import io.breakwater.core.presentation.method.ToolServices;
import io.breakwater.port.Json;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolDefinition;
import io.breakwater.server.mcp.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the items of batches in the same way as requests for {@code tools/call}.
 *
 * @param catalog finds the tools that the caller may use
 * @param runtime the components of calls
 * @param itemChain returns the interceptors for the items of a batch
 * @param services the services of tool calls
 */
public record BatchCalls(
        CatalogAccess catalog,
        CallRuntime runtime,
        Function<InterceptedCall, List<Interceptor>> itemChain,
        ToolServices services) {
    private static final List<String> TRACE_MEMBERS = List.of("traceparent", "tracestate", "baggage");

    /** An item that is ready to start. */
    record PreparedItem(Message.Request request, PreparedMethod method, Json.Obj arguments) {

        BatchItem item(int index) {
            return new BatchItem(index, tool(), arguments);
        }

        ToolDefinition tool() {
            return Objects.requireNonNull(method.tool());
        }
    }

    /**
     * Makes the calls of a batch, and returns when all of them have stopped.
     *
     * @param call the call of the batch
     * @throws ToolException if it is a call in another batch
     */
    public BatchResult run(List<ToolCall> calls, Call call) {
        return run(calls, call, List.of());
    }

    /** Makes the calls of a batch that is admitted as a whole. */
    BatchResult run(List<ToolCall> calls, Call call, List<BatchAdmission> admissions) {
        if (ownCall(call) instanceof BatchItemCall) {
            throw new ToolException(
                    ErrorCode.INVALID_PARAMS,
                    "The tool " + call.target()
                            + " makes a batch of calls, and a batch cannot contain a batch. Call the tool"
                            + " by itself.");
        }
        if (!(ownCall(call) instanceof ActiveCall batch)) {
            throw new IllegalStateException(call.target() + " runs as a call of a client only");
        }
        var items = prepare(calls, batch);
        var listed = new ArrayList<BatchItem>();
        items.forEach(item -> listed.add(item.item(listed.size())));
        admissions.forEach(admission -> admission.admit(batch, List.copyOf(listed)));
        return new BatchRun(itemRuntime(batch), batch, items).run();
    }

    private static Call ownCall(Call call) {
        return call instanceof DryRunCall dry ? dry.call() : call;
    }

    /**
     * Prepares the calls of a batch.
     *
     * @throws ToolException if the caller has no such tool any more
     */
    private List<PreparedItem> prepare(List<ToolCall> calls, ActiveCall batch) {
        var view = catalog.view(batch.principal());
        var prepared = new ArrayList<PreparedItem>();
        for (var call : calls) {
            prepared.add(prepare(view, call, prepared.size(), batch));
        }
        return prepared;
    }

    /** Returns the components of the calls of a batch. */
    private CallRuntime itemRuntime(ActiveCall batch) {
        return runtime.withChain(itemChain.apply(batch));
    }

    private PreparedItem prepare(CatalogView view, ToolCall call, int index, ActiveCall batch) {
        var params = ParsedJson.of(params(call, meta(batch, index, call)));
        try {
            var method = SharedMethods.callTool(SharedMethods.tool(view, params), params, services);
            return new PreparedItem(
                    new Message.Request(RequestId.of(index), "tools/call", params), method, call.arguments());
        } catch (UnknownTargetException unknown) {
            throw new ToolException(
                    ErrorCode.NOT_FOUND,
                    "Call " + index + " of the batch: unknown tool: " + call.tool(),
                    null,
                    unknown);
        }
    }

    private static Json params(ToolCall call, Json.Obj meta) {
        return Json.object()
                .put("name", call.tool())
                .put("arguments", call.arguments())
                .put("_meta", meta)
                .build();
    }

    /**
     * An item belongs to the trace of its batch, is a dry run if the batch is one, and has a key of its own if the batch
     * has one.
     */
    private Json.Obj meta(ActiveCall batch, int index, ToolCall call) {
        var meta = Json.object();
        TRACE_MEMBERS.forEach(member -> meta.putIfPresent(member, batch.meta().get(member)));
        if (batch.isDryRun()) {
            meta.put(DryRunRequest.META_KEY, true);
        }
        var batchKey = IdempotencyService.keyText(batch.meta());
        return meta.putIfPresent(IdempotencyService.META_KEY, batchKey == null ? null : itemKey(batchKey, index, call))
                .build();
    }

    /** Returns the key of an item in a batch with a key; null if the arguments of the item contain a key. */
    private @Nullable String itemKey(String batchKey, int index, ToolCall call) {
        var tool = catalog.registry().snapshot().tools().get(call.tool());
        return tool != null && IdempotencyService.hasKeyArgument(tool, call.arguments())
                ? null
                : IdempotencyKeys.ofItem(batchKey, index);
    }
}
