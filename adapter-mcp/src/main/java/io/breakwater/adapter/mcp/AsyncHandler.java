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

/**
 * Runs a handler that returns a {@link Mono}, which is subscribed to on the caller's thread and cancelled with the
 * call.
 */
record AsyncHandler(AsyncToolSpecification tool, ResultMapper results, SdkRuntime sdk) implements ToolHandler {

    @Override
    public CompletionStage<Json.Obj> handle(CallToolRequest request, ToolContext toolContext) {
        var outcome = new CompletableFuture<Json.Obj>();
        var pipeline = pipeline(request, toolContext, outcome);
        var running = pipeline.subscribe(
                outcome::complete,
                outcome::completeExceptionally,
                () -> outcome.completeExceptionally(missingResult()));
        var unused = outcome.whenComplete((result, failure) -> running.dispose());
        toolContext.callContext().onCancel(() -> outcome.completeExceptionally(new CancellationException()));
        return outcome;
    }

    private Mono<Json.Obj> pipeline(
            CallToolRequest request, ToolContext toolContext, CompletableFuture<Json.Obj> outcome) {
        var elicitation = new AsyncElicitation(toolContext, sdk.failures(), outcome::completeExceptionally);
        var exchange = sdk.exchanges().create(toolContext, elicitation);
        return Mono.defer(() -> tool.callHandler().apply(exchange, request))
                .map(results::toJson)
                .onErrorMap(sdk.failures()::handlerFailure)
                .contextWrite(context -> context.put(McpTransportContext.KEY, exchange.transportContext()));
    }

    private Throwable missingResult() {
        return sdk.failures()
                .handlerFailure(ResultMapper.missingResult(tool.tool().name()));
    }
}
