package io.breakwater.adapter.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The MCP Java SDK as judge of messages on the legacy wire. A message passes when the SDK reads it into its typed model
 * and writes the very same JSON again, the order of members and the spelling of numbers apart: it understood all of it
 * and missed nothing.
 */
public final class SdkOracle {
    private static final Map<String, Class<?>> RESULTS = Map.ofEntries(
            Map.entry(McpSchema.METHOD_INITIALIZE, McpSchema.InitializeResult.class),
            Map.entry(McpSchema.METHOD_PING, Map.class),
            Map.entry(McpSchema.METHOD_TOOLS_LIST, McpSchema.ListToolsResult.class),
            Map.entry(McpSchema.METHOD_TOOLS_CALL, McpSchema.CallToolResult.class),
            Map.entry(McpSchema.METHOD_RESOURCES_LIST, McpSchema.ListResourcesResult.class),
            Map.entry(McpSchema.METHOD_RESOURCES_TEMPLATES_LIST, McpSchema.ListResourceTemplatesResult.class),
            Map.entry(McpSchema.METHOD_RESOURCES_READ, McpSchema.ReadResourceResult.class),
            Map.entry(McpSchema.METHOD_RESOURCES_SUBSCRIBE, Map.class),
            Map.entry(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE, Map.class),
            Map.entry(McpSchema.METHOD_PROMPT_LIST, McpSchema.ListPromptsResult.class),
            Map.entry(McpSchema.METHOD_PROMPT_GET, McpSchema.GetPromptResult.class),
            Map.entry(McpSchema.METHOD_COMPLETION_COMPLETE, McpSchema.CompleteResult.class),
            Map.entry(McpSchema.METHOD_LOGGING_SET_LEVEL, Map.class));

    private static final Map<String, Class<?>> PARAMS = Map.ofEntries(
            Map.entry(McpSchema.METHOD_PING, Map.class),
            Map.entry(McpSchema.METHOD_ROOTS_LIST, McpSchema.PaginatedRequest.class),
            Map.entry(McpSchema.METHOD_SAMPLING_CREATE_MESSAGE, McpSchema.CreateMessageRequest.class),
            Map.entry(McpSchema.METHOD_ELICITATION_CREATE, McpSchema.ElicitRequest.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_PROGRESS, McpSchema.ProgressNotification.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_MESSAGE, McpSchema.LoggingMessageNotification.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED, McpSchema.ResourcesUpdatedNotification.class),
            Map.entry(
                    McpSchema.METHOD_NOTIFICATION_ELICITATION_COMPLETE,
                    McpSchema.ElicitationCompleteNotification.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_TOOLS_LIST_CHANGED, Map.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_RESOURCES_LIST_CHANGED, Map.class),
            Map.entry(McpSchema.METHOD_NOTIFICATION_PROMPTS_LIST_CHANGED, Map.class),
            Map.entry("notifications/cancelled", Map.class));

    private final McpJsonMapper sdk = MessageMapper.create();
    private final JsonMapper exact = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** A judge; it keeps nothing between messages. */
    public SdkOracle() {}

    /**
     * Fails unless the SDK understands the whole response to a request of that method, an error response included.
     *
     * @param method the request's method
     * @param response the response as it was sent
     */
    public void understandsResponse(String method, byte[] response) throws IOException {
        switch (read(response)) {
            case JSONRPCResponse message when message.error() != null -> same(response, message);
            case JSONRPCResponse message ->
                same(response, JSONRPCResponse.result(message.id(), typed(RESULTS, method, message.result())));
            case Object other -> throw new AssertionError("No response: " + other);
        }
    }

    /**
     * Fails unless the SDK understands all of a request or notification that the server sends to its client.
     *
     * @param message the message as it was sent
     */
    public void understands(byte[] message) throws IOException {
        same(
                message,
                switch (read(message)) {
                    case JSONRPCRequest request ->
                        new JSONRPCRequest(
                                request.method(), request.id(), typed(PARAMS, request.method(), request.params()));
                    case JSONRPCNotification notification ->
                        new JSONRPCNotification(
                                notification.method(), typed(PARAMS, notification.method(), notification.params()));
                    case Object other -> throw new AssertionError("Neither request nor notification: " + other);
                });
    }

    private Object read(byte[] message) throws IOException {
        return McpSchema.deserializeJsonRpcMessage(sdk, new String(message, StandardCharsets.UTF_8));
    }

    private @Nullable Object typed(Map<String, Class<?>> types, String method, @Nullable Object value) {
        var type = types.get(method);
        if (type == null) {
            throw new AssertionError("No such message of a server: " + method);
        }
        return value == null ? null : sdk.convertValue(value, type);
    }

    private void same(byte[] message, Object understood) throws IOException {
        assertThat(spelled(sdk.writeValueAsBytes(understood)))
                .as("the message as the SDK understands it")
                .isEqualTo(spelled(message));
    }

    /** One text for all spellings of a JSON value. */
    private String spelled(byte[] json) {
        return exact.writeValueAsString(ordered(exact.readTree(json)));
    }

    private Object ordered(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var members = new TreeMap<String, Object>();
                node.forEachEntry((name, value) -> members.put(name, ordered(value)));
                yield members;
            }
            case ARRAY -> node.valueStream().map(this::ordered).toList();
            case NUMBER -> node.decimalValue().stripTrailingZeros().toPlainString();
            default -> node;
        };
    }
}
