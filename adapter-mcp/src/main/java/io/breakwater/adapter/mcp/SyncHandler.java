package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A handler that waits: it runs on the caller's thread, which is interrupted when the call is cancelled. */
record SyncHandler(SyncToolSpecification tool, ResultMapper results, SdkRuntime sdk) implements ToolHandler {

    @Override
    public CompletionStage<Json.Obj> handle(CallToolRequest request, ToolContext conversation) {
        var asking = new SyncElicitation(conversation, sdk.failures());
        var exchange = new McpSyncServerExchange(sdk.exchanges().open(conversation, asking));
        try (var interruption = new ThreadInterrupter()) {
            conversation.scope().onCancel(interruption::interrupt);
            var result = tool.callHandler().apply(exchange, request);
            asking.unwindAgain();
            return CompletableFuture.completedStage(results.finish(result));
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            asking.unwindAgain();
            return CompletableFuture.failedStage(sdk.failures().thrown(e));
        }
    }
}
