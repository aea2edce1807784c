package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs a blocking handler on the caller's thread, which is interrupted when the call is cancelled. */
record SyncHandler(SyncToolSpecification tool, ResultMapper results, SdkRuntime sdk) implements ToolHandler {

    @Override
    public CompletionStage<Json.Obj> handle(CallToolRequest request, ToolContext toolContext) {
        var elicitation = new SyncElicitation(toolContext, sdk.failures());
        var exchange = new McpSyncServerExchange(sdk.exchanges().create(toolContext, elicitation));
        try (var interruption = new ThreadInterrupter()) {
            toolContext.callContext().onCancel(interruption::interrupt);
            var result = tool.callHandler().apply(exchange, request);
            elicitation.rethrowSuspension();
            return CompletableFuture.completedStage(results.toJson(result));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            elicitation.rethrowSuspension();
            return CompletableFuture.failedStage(sdk.failures().handlerFailure(e));
        }
    }
}
