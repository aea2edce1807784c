package peer;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;

/** The measured tool. */
final class Echo {
    static final ServerCapabilities CAPABILITIES =
            ServerCapabilities.builder().tools(false).build();

    private static final Map<String, Object> ARGUMENTS = Map.of(
            "type", "object",
            "properties", Map.of("message", Map.of("type", "string", "description", "What to say back")),
            "required", List.of("message"));

    static final Tool TOOL = Tool.builder()
            .name("echo")
            .description("Says the message back.")
            .inputSchema(ARGUMENTS)
            .build();

    private Echo() {}

    static CallToolResult answer(CallToolRequest request) {
        return CallToolResult.builder()
                .addTextContent(String.valueOf(request.arguments().get("message")))
                .isError(false)
                .build();
    }
}
