package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.jspecify.annotations.Nullable;

/** Converts the result of one tool to JSON, after a check against its output schema if it has one. */
final class ResultMapper {
    private final Tool tool;
    private final @Nullable StructuredOutput output;
    private final SdkJson json;

    ResultMapper(Tool tool, SdkJson json) {
        this.tool = tool;
        this.output = tool.outputSchema() == null ? null : new StructuredOutput(tool.name(), tool.outputSchema());
        this.json = json;
    }

    Json.Obj toJson(@Nullable CallToolResult result) {
        if (result == null) {
            throw missingResult(tool.name());
        }
        return json.object(output == null ? result : output.complete(result));
    }

    /** The failure of a handler that ends without a result; the SDK's server would leave its client waiting. */
    static IllegalStateException missingResult(String tool) {
        return new IllegalStateException("Tool '" + tool + "' ended without a result");
    }
}
