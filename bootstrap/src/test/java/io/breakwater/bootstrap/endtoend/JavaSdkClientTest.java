package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The client of the MCP Java SDK makes the journey of {@code src/test/clients/journey.mjs}. */
class JavaSdkClientTest {
    private static final TypeRef<Map<String, Object>> OBJECT = new TypeRef<>() {};
    private static final Path DOCUMENTS = Path.of("src", "test", "clients", "documents");

    @Test
    void overHttp() throws Exception {
        try (var server = RunningServer.start()) {
            journey(HttpClientStreamableHttpTransport.builder(server.base())
                    .endpoint("/mcp")
                    .build());
        }
    }

    @Test
    void overStdio() throws Exception {
        var command = ServerParameters.builder(Distribution.launcher().toString())
                .args("stdio")
                .build();
        journey(new StdioClientTransport(command, McpJsonDefaults.getMapper()));
    }

    private static void journey(McpClientTransport transport) throws IOException {
        try (var client =
                McpClient.sync(transport).requestTimeout(Duration.ofSeconds(30)).build()) {
            assertThat(client.initialize().protocolVersion()).isEqualTo("2025-11-25");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .contains("process_data", "health_check", "get_metrics");
            transforms(client);
            validates(client);
            findsTheSecondCallInTheCache(client);
            isToldOfAWrongCall(client);
            seesHealth(client);
            client.ping();
        }
    }

    private static void transforms(McpSyncClient client) throws IOException {
        var expression = "{\"customer\": customer.name, \"skus\": [lines.sku]}";
        var options = Map.of("expression", expression);
        var found = processed(client, Map.of("data", fresh("invoice"), "operation", "transform", "options", options));

        assertThat(found.get("result"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("customer", "Müller & Söhne GmbH")
                .containsEntry("skus", List.of("BX-0042", "BX-0107", "BK-0003"));
    }

    private static void validates(McpSyncClient client) throws IOException {
        var options = Map.of("schema", document("invoice.schema"));
        var right = processed(client, Map.of("data", fresh("invoice"), "operation", "validate", "options", options));
        var wrong =
                processed(client, Map.of("data", fresh("invoice.broken"), "operation", "validate", "options", options));

        assertThat(String.valueOf(right.get("result"))).doesNotContain("/lines");
        assertThat(String.valueOf(wrong.get("result")))
                .contains("/currency", "/customer/name", "/lines/0/quantity", "/lines/1/sku", "/lines/1/price");
    }

    private static void findsTheSecondCallInTheCache(McpSyncClient client) throws IOException {
        var arguments = Map.<String, Object>of("data", fresh("readings"), "operation", "analyze");
        var first = processed(client, arguments);
        var second = processed(client, arguments);

        assertThat(first).containsEntry("cache_status", "miss");
        assertThat(second).containsEntry("cache_status", "hit").containsEntry("result", first.get("result"));
    }

    private static void isToldOfAWrongCall(McpSyncClient client) {
        var result = call(client, "process_data", Map.of("data", Map.of(), "operation", "sort"));

        assertThat(result.isError()).isTrue();
        assertThat(((TextContent) result.content().getFirst()).text()).contains("operation");
    }

    private static void seesHealth(McpSyncClient client) {
        assertThat(call(client, "health_check", Map.of()).isError()).isNotEqualTo(true);
        assertThat(client.readResource(
                                ReadResourceRequest.builder("health://status").build())
                        .contents())
                .singleElement()
                .isInstanceOf(TextResourceContents.class);
        assertThat(client.getPrompt(GetPromptRequest.builder("diagnose_health").build())
                        .messages())
                .isNotEmpty();
    }

    private static Map<String, Object> processed(McpSyncClient client, Map<String, Object> arguments) {
        var result = call(client, "process_data", arguments);
        assertThat(result.isError()).as("%s", result.content()).isNotEqualTo(true);
        return McpJsonDefaults.getMapper().convertValue(result.structuredContent(), OBJECT);
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    /** A document that no client has sent before, so that no result is cached. */
    private static Map<String, Object> fresh(String name) throws IOException {
        var fresh = new LinkedHashMap<>(document(name));
        fresh.put("run", UUID.randomUUID().toString());
        return fresh;
    }

    private static Map<String, Object> document(String name) throws IOException {
        return McpJsonDefaults.getMapper().readValue(Files.readAllBytes(DOCUMENTS.resolve(name + ".json")), OBJECT);
    }
}
