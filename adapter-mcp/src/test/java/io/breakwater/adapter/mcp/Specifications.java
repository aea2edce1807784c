package io.breakwater.adapter.mcp;

import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** The shortest tools there can be, each named {@code tool}. */
final class Specifications {
    private Specifications() {}

    static SyncToolSpecification sync(BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return new SyncToolSpecification(tool("tool"), handler);
    }

    static AsyncToolSpecification async(
            BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
        return new AsyncToolSpecification(tool("tool"), handler);
    }

    static Tool tool(String name) {
        return Tool.builder(name, Map.of("type", "object")).build();
    }

    static CallToolResult textResult(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    static ElicitFormRequest question(String message) {
        return ElicitFormRequest.builder(message, Map.of("type", "object", "properties", Map.of()))
                .build();
    }
}
