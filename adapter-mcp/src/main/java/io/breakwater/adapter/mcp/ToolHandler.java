package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.ToolContext;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.concurrent.CompletionStage;

/** Runs the handler of one tool for one call. */
sealed interface ToolHandler permits SyncHandler, AsyncHandler {

    CompletionStage<Json.Obj> handle(CallToolRequest request, ToolContext toolContext);
}
