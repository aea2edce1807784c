package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;

/** A handler that answers with a {@link Mono}: subscribed to on the caller's thread, cancelled with the call. */
record AsyncHandler(AsyncToolSpecification tool, ResultMapper results, SdkRuntime sdk) implements ToolHandler {

    @Override
    public CompletionStage<Json.Obj> handle(CallToolRequest request, ToolContext conversation) {
        var outcome = new CompletableFuture<Json.Obj>();
        var pipeline = pipeline(request, conversation, outcome);
        var running = pipeline.subscribe(
                outcome::complete, outcome::completeExceptionally, () -> outcome.completeExceptionally(silence()));
        var unused = outcome.whenComplete((result, failure) -> running.dispose());
        conversation.scope().onCancel(() -> outcome.completeExceptionally(new CancellationException()));
        return outcome;
    }

    private Mono<Json.Obj> pipeline(
            CallToolRequest request, ToolContext conversation, CompletableFuture<Json.Obj> outcome) {
        var asking = new AsyncElicitation(conversation, sdk.failures(), outcome::completeExceptionally);
        var exchange = sdk.exchanges().open(conversation, asking);
        return Mono.defer(() -> tool.callHandler().apply(exchange, request))
                .map(results::finish)
                .onErrorMap(sdk.failures()::thrown)
                .contextWrite(context -> context.put(McpTransportContext.KEY, exchange.transportContext()));
    }

    private Throwable silence() {
        return sdk.failures().thrown(ResultMapper.none(tool.tool().name()));
    }
}
