package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.port.Json;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.McpClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes that share a store and a Redis: a consent deletes one document once, whichever process receives it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmationTest {
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}}}";
    private static final String CALL = "\"name\":\"delete_data\",\"arguments\":{\"data_id\":\"note\"}";
    private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("\"(confirm:[^\"]+)\"");

    private final PostgresServer postgres = PostgresServer.newest();
    private final HttpClient http = HttpClient.newHttpClient();
    private RedisServer redis;
    private RunningServer one;
    private RunningServer two;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        redis = RedisServer.start(RedisProgram.BUNDLED);
        var environment = Map.of(
                "STORE_URL", postgres.url(postgres.newDatabase(), "postgres"),
                "REDIS_URL", redis.url(),
                "BREAKWATER_SERVER_SECRETS", "Vt8mQ2xLr6Zc4KfWn9PbYs3HdGj7TaEuRo5XiM1q");
        one = RunningServer.start(environment);
        two = RunningServer.start(environment);
    }

    @AfterAll
    void stop() {
        http.close();
        one.close();
        two.close();
        redis.close();
    }

    private static void save(RunningServer server) {
        try (var client = McpClients.connect(server.endpoint())) {
            var note = Json.object().put("data_id", "note").put("content", 1).build();
            assertThat(client.call("save_data", note).isError()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ourClientDeletesADocumentWithTheConsentOfItsUser(boolean modern) {
        save(one);
        for (boolean consent : new boolean[] {false, true}) {
            var answer = ClientResponses.accepted(
                    Json.object().put("confirm", consent).build());
            try (var client = connect(modern, answer)) {
                var note = Json.object().put("data_id", "note").build();
                assertThat(client.call("delete_data", note).text()).contains(consent ? "deleted" : "DECLINED");
                assertThat(client.call("get_data_cached", note).isError()).isEqualTo(consent);
            }
        }
    }

    private McpClient connect(boolean modern, Json.Obj answer) {
        McpClientBuilder builder = McpClient.builder(HttpClientTransport.to(URI.create(one.endpoint())))
                .timeout(Duration.ofSeconds(60))
                .onServerRequest(request -> answer);
        return (modern ? builder : builder.legacy()).connect();
    }

    @Test
    void replaysOnBothServersActOnce() throws Exception {
        save(one);
        var confirmed = confirmed(post(one, CALL));

        var replies =
                IntStream.range(0, 16)
                        .mapToObj(number -> postAsync(number % 2 == 0 ? one : two, confirmed))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(replies.stream().filter(reply -> reply.contains("\"status\":\"deleted\"")))
                .hasSize(1);
        assertThat(replies.stream().filter(reply -> reply.contains("\"isError\":true")))
                .hasSize(15);
        save(two);
        assertThat(Stream.of(one, two).map(server -> post(server, confirmed)))
                .allSatisfy(
                        reply -> assertThat(reply).contains("\"isError\":true").doesNotContain("deleted\""));
    }

    @Test
    @CoversOutage("confirmation: Redis down or frozen")
    void doesNothingWhileRedisCannotBeAsked() {
        save(one);
        var confirmed = confirmed(post(one, CALL));
        redis.freeze();
        try {
            assertThat(post(two, confirmed)).contains("EXTERNAL_ERROR", "did nothing");
        } finally {
            redis.thaw();
        }
        try (var client = McpClients.connect(two.endpoint())) {
            var note = Json.object().put("data_id", "note").build();
            assertThat(client.call("get_data_cached", note).isError()).isFalse();
        }
    }

    /** The parameters of the next round, in which the user agrees. */
    private static String confirmed(String reply) {
        return CALL + ",\"requestState\":\"" + first(STATE, reply) + "\",\"inputResponses\":{\"" + first(KEY, reply)
                + "\":{\"action\":\"accept\",\"content\":{\"confirm\":true}}}";
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private String post(RunningServer server, String params) {
        return postAsync(server, params).join();
    }

    private CompletableFuture<String> postAsync(RunningServer server, String params) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + META + "," + params + "}}";
        var request = HttpRequest.newBuilder(URI.create(server.endpoint()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "delete_data")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
