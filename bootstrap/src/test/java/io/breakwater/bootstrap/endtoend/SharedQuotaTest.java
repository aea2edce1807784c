package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that share a store, and a caller with an API key. */
@Tag("server")
class SharedQuotaTest {
    private static final String KEY = "q7Lk2ZtVw9Xb4RmN8sPf3HyGd6JcTaEuWo5K";

    private final PostgresServer postgres = PostgresServer.newest();
    private final String store = postgres.url(postgres.newDatabase(), "postgres");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    private RunningServer start(String... further) throws IOException, InterruptedException {
        var environment = new HashMap<>(Map.of(
                "STORE_URL", store,
                "MCP_API_KEY", KEY,
                "RATE_LIMIT", "off",
                "BREAKWATER_LIMITS_RATE_PRINCIPAL", "off",
                "BREAKWATER_LIMITS_QUOTA_TIMEOUT", "30s"));
        for (int i = 0; i < further.length; i += 2) {
            environment.put(further[i], further[i + 1]);
        }
        return RunningServer.start(environment);
    }

    private static String message(String tool) {
        return """
                {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"%s","arguments":{},"_meta":{
                  "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
                """.formatted(tool);
    }

    private HttpResponse<String> call(RunningServer server, String tool) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.endpoint()))
                .header("Authorization", "Bearer " + KEY)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString(message(tool)))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private int admitted(RunningServer server, int calls) throws IOException, InterruptedException {
        int admitted = 0;
        for (int i = 0; i < calls; i++) {
            admitted += call(server, "health_check").statusCode() == 200 ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void aQuotaOutlivesServersThatAreKilledAndStarted() throws Exception {
        var quota = new String[] {"BREAKWATER_LIMITS_QUOTA_PRINCIPAL_CALLS", "30"};
        var first = start(quota);
        assertThat(admitted(first, 10)).isEqualTo(10);
        first.kill();
        try (var second = start(quota);
                var third = start(quota)) {
            assertThat(admitted(second, 10)).isEqualTo(10);
            assertThat(admitted(third, 9)).isEqualTo(9);
            var metrics = call(second, "get_metrics").body();
            assertThat(quotas(metrics)).contains("\"kind\":\"calls\",\"limit\":30,\"used\":30.0");

            var refused = call(third, "health_check");

            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("RateLimit-Policy")).hasValue("\"principal-calls\";q=30;w=86400");
            var seconds =
                    Long.parseLong(refused.headers().firstValue("Retry-After").orElseThrow());
            assertThat(seconds).isBetween(1L, 86_400L);
            assertThat(refused.headers().firstValue("RateLimit"))
                    .hasValueSatisfying(limit -> assertThat(limit).startsWith("\"principal-calls\";r=0;t="));
            assertThat(refused.body())
                    .contains("Your quota of 30 calls a day is used up.", "\"code\":\"RATE_LIMITED\"", "retryAfterMs");
            assertThat(call(second, "health_check").statusCode()).isEqualTo(429);
        }
    }

    private static String quotas(String body) {
        var result = ((Json.Obj) Json.parse(body)).object("result").object("structuredContent");
        return JsonText.line(result);
    }

    @Test
    void aServerWithoutQuotasStoresNoUsage() throws Exception {
        try (var server = start()) {
            assertThat(admitted(server, 3)).isEqualTo(3);
            assertThat(quotas(call(server, "get_metrics").body())).contains("\"quotas\":[]");
        }
    }
}
