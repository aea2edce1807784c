package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.client.HttpClientTransport;
import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repeated calls of a tool that users must confirm, in the server as it is shipped and a real PostgreSQL. */
class RepeatedDeletionTest {
    private static final int CALLS = 200;
    private static final String KEY = "the-key";
    private static final String DELETED = "\"status\":\"deleted\"";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}},"
            + "\"io.breakwater/idempotencyKey\":\"" + KEY + "\"}";
    private static final String CALL = "\"name\":\"delete_user\",\"arguments\":{\"user_id\":1}";
    private static final Pattern STATE = Pattern.compile("\"requestState\":\"([^\"]+)\"");
    private static final Pattern FORM = Pattern.compile("\"(confirm:[^\"]+)\"");
    private static final Pattern STRUCTURED = Pattern.compile("\"structuredContent\":(\\{.*?}})");

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger asked = new AtomicInteger();
    private RunningServer server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RunningServer.start(variables());
        try (var client = McpClients.connect(server.endpoint())) {
            for (var name : List.of("ada", "ben")) {
                var user = Json.object().put("name", name).put("email", name + "@example.com");
                assertThat(client.call("create_user", user.build()).isError()).isFalse();
            }
        }
    }

    /** All calls run at once; a limit that follows the latency would refuse some of them on a busy machine. */
    private Map<String, String> variables() {
        return Map.of(
                "STORE_URL", postgres.url(database, "postgres"), "BREAKWATER_LIMITS_ADAPTIVE_CONCURRENCY", "false");
    }

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    @Test
    void manyConcurrentRepetitionsDeleteOneUser() throws Exception {
        try (var client = connect()) {
            var replies = concurrently(() -> delete(client));

            var first = delete(client);
            assertThat(first.isError()).as(first.text()).isFalse();
            assertThat(first.result().object("_meta").get("io.breakwater/idempotentReplay"))
                    .isEqualTo(Json.of(true));
            assertThat(replies).anyMatch(reply -> !reply.isError()).allSatisfy(reply -> {
                if (reply.isError()) {
                    assertInProgress(reply.text());
                } else {
                    assertThat(reply.structured()).isEqualTo(first.structured());
                }
            });
            assertOneUserIsDeleted();
        }
    }

    @Test
    void manyRequestsWithOneConsentDeleteOneUser() throws Exception {
        var pending = post(CALL);
        var confirmed = CALL + ",\"requestState\":\"" + first(STATE, pending) + "\",\"inputResponses\":{\""
                + first(FORM, pending) + "\":{\"action\":\"accept\",\"content\":{\"confirm\":true}}}";

        var replies = concurrently(() -> post(confirmed));

        var repeated = post(CALL);
        assertThat(repeated).contains(DELETED, "\"io.breakwater/idempotentReplay\":true");
        assertThat(replies).anyMatch(reply -> reply.contains(DELETED)).allSatisfy(reply -> {
            if (reply.contains(DELETED)) {
                assertThat(first(STRUCTURED, reply)).isEqualTo(first(STRUCTURED, repeated));
            } else {
                assertInProgress(reply.replace("\\\"", "\""));
            }
        });
        assertOneUserIsDeleted();
    }

    @Test
    void aRepetitionAfterTheServerWasKilledAsksNoUser() throws Exception {
        try (var client = connect()) {
            assertThat(delete(client).isError()).isFalse();
        }
        server.kill();
        server = RunningServer.start(variables());

        try (var client = connect()) {
            assertThat(delete(client).structured().text("status")).isEqualTo("deleted");
        }
        assertThat(asked).hasValue(1);
    }

    private static void assertInProgress(String error) {
        assertThat(error).contains("\"code\":\"CONFLICT\"", "in progress", "retryAfterMs");
    }

    private void assertOneUserIsDeleted() throws SQLException {
        assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.users WHERE name = 'ben'"))
                .isEqualTo(1);
        assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.users"))
                .isEqualTo(1);
        assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.idempotency"))
                .isEqualTo(1);
    }

    /** Makes all calls at the same time, and returns their replies. */
    private static <T> List<T> concurrently(Supplier<T> call) {
        var start = new CountDownLatch(1);
        var calls = IntStream.range(0, CALLS)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return call.get();
                        },
                        Thread::startVirtualThread))
                .toList();
        start.countDown();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private McpClient connect() {
        return McpClient.builder(HttpClientTransport.to(URI.create(server.endpoint())))
                .timeout(Duration.ofSeconds(60))
                .onServerRequest(request -> {
                    asked.incrementAndGet();
                    return ClientResponses.accepted(
                            Json.object().put("confirm", true).build());
                })
                .connect();
    }

    private static ToolCallResult delete(McpClient client) {
        var meta = Json.object().put("io.breakwater/idempotencyKey", KEY).build();
        var params = Json.object()
                .put("name", "delete_user")
                .put("arguments", Json.object().put("user_id", 1).build())
                .put("_meta", meta);
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    private String post(String params) {
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{" + META + "," + params + "}}";
        var request = HttpRequest.newBuilder(URI.create(server.endpoint()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "delete_user")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .join();
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
