package io.breakwater.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.mcp.SdkTools;
import io.breakwater.server.Breakwater;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What handlers written for the SDK see of their client, and their client of them, at the edges of each wire. */
class ServedExchangeTest {
    private final HttpTransport http = HttpTransport.on("127.0.0.1", 0);
    private Breakwater server;

    @BeforeEach
    void serve() {
        var tools = SdkTools.sync(
                tool(
                        "who",
                        exchange -> exchange.getClientInfo().name() + " "
                                + exchange.getClientInfo().version()),
                tool("session", McpSyncServerExchange::sessionId),
                tool("roots", exchange -> exchange.listRoots().toString()),
                tool("ask", ServedExchangeTest::ask),
                tool("url", exchange -> {
                    throw McpError.builder(-32042)
                            .message("Open a page first")
                            .data("which")
                            .build();
                }));
        server = Breakwater.named("edges").version("1").tools(tools).build();
        server.serve(http);
    }

    @AfterEach
    void stop() {
        assertThat(server.close(Duration.ofSeconds(10))).isTrue();
    }

    private static String ask(McpSyncServerExchange exchange) {
        try {
            var schema = Map.<String, Object>of("type", "object", "properties", Map.of());
            return exchange.createElicitation(
                            ElicitFormRequest.builder("?", schema).build())
                    .action()
                    .name();
        } catch (McpError refused) {
            return "refused with " + refused.getJsonRpcError().code();
        }
    }

    @ParameterizedTest
    @EnumSource
    void seeWhoTheClientIs(SdkEra era) throws Exception {
        try (var client = era.connect(http.address())) {
            assertThat(client.call("who", "{}").text()).isEqualTo("ada 1");
        }
    }

    @Test
    void seeOneNameForAllCallsOfASession() throws Exception {
        try (var ada = SdkLegacyClient.connect(http.address());
                var grace = SdkLegacyClient.connect(http.address())) {
            var session = ada.call("session", "{}").text();

            assertThat(session).isNotEmpty().isEqualTo(ada.call("session", "{}").text());
            assertThat(grace.call("session", "{}").text()).isNotEqualTo(session);
        }
    }

    @Test
    void seeANewNameForEachCallWithoutASession() throws Exception {
        try (var client = SdkModernClient.connect(http.address())) {
            var session = client.call("session", "{}").text();

            assertThat(session).isNotEmpty();
            assertThat(client.call("session", "{}").text()).isNotEqualTo(session);
        }
    }

    @Test
    void seeTheErrorByWhichAClientAnswers() throws Exception {
        var refusal = "\"error\":{\"code\":-1,\"message\":\"User rejected\"}";
        try (var client = SdkLegacyClient.connect(http.address(), SdkClient.ABLE, method -> refusal)) {
            assertThat(client.call("ask", "{}").text()).isEqualTo("refused with -1");
        }
    }

    @Test
    void tellAStatelessClientWhatItLacks() throws Exception {
        try (var client = SdkModernClient.connect(http.address(), "{}")) {
            var error = client.call("roots", "{}").error();

            assertThat(error.path("code").asInt()).isEqualTo(-32021);
            assertThat(error.path("data").path("requiredCapabilities").has("roots"))
                    .isTrue();
        }
    }

    @Test
    void keepTheirErrorsOnTheWireThatKnowsThem() throws Exception {
        try (var legacy = SdkLegacyClient.connect(http.address());
                var modern = SdkModernClient.connect(http.address())) {
            var known = legacy.call("url", "{}").error();
            var unknown = modern.call("url", "{}").error();

            assertThat(known.path("code").asInt()).isEqualTo(-32042);
            assertThat(known.path("data").asString()).isEqualTo("which");
            assertThat(unknown.path("code").asInt()).isEqualTo(-32603);
            assertThat(unknown.path("message").asString()).isEqualTo("Open a page first");
        }
    }

    private static SyncToolSpecification tool(String name, Function<McpSyncServerExchange, String> handler) {
        BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> called = (exchange, request) ->
                CallToolResult.builder().addTextContent(handler.apply(exchange)).build();
        return new SyncToolSpecification(
                Tool.builder(name, Map.of("type", "object")).build(), called);
    }
}
