package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.redis.RedisProgram;
import io.breakwater.sample.redis.RedisServer;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two processes that share a Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasTest {
    private static final String KEY = "q7Lk2ZtVw9Xb4RmN8sPf3HyGd6JcTaEuWo5K";

    private RedisServer redis;

    @BeforeAll
    void start() {
        redis = RedisServer.start(RedisProgram.BUNDLED);
    }

    @AfterAll
    void stop() {
        redis.close();
    }

    @Test
    void twoPrincipalsWithEqualArgumentsNeverShareAPrivateEntry() throws Exception {
        try (var one = Numbers.start(redis.url());
                var two = Numbers.start(redis.url())) {
            var ada = one.draw("ada", "own_number");
            var bob = two.draw("bob", "own_number");

            assertThat(ada).isNotEqualTo(bob);
            assertThat(two.draw("ada", "own_number")).isEqualTo(ada);
            assertThat(one.draw("bob", "own_number")).isEqualTo(bob);
            assertThat(one.draw("ad", "own_number")).isNotIn(ada, bob);
            assertThat(one.draw("ada", "shared_number")).isEqualTo(two.draw("bob", "shared_number"));
        }
    }

    @Test
    void aSaveOnOneReplicaIsSeenByTheOther() throws Exception {
        var postgres = PostgresServer.newest();
        var environment = Map.of(
                "STORE_URL", postgres.url(postgres.newDatabase(), "postgres"),
                "REDIS_URL", redis.url());
        try (var one = RunningServer.start(environment);
                var two = RunningServer.start(environment)) {
            for (int round = 0; round < 20; round++) {
                var text = "text " + round;
                save(one, text);
                Eventually.holds(() -> read(two).equals(text)); // its entry would live for longer than that
            }
        }
    }

    @Test
    void aCallersQuotaOfCostIsOneForBoth() throws Exception {
        var postgres = PostgresServer.newest();
        var database = postgres.newDatabase();
        postgres.execute(database, "CREATE ROLE poor_" + database + " LOGIN");
        var environment = Map.of(
                "DATABASE_URL",
                postgres.url(database, "poor_" + database),
                "STORE_URL",
                postgres.url(database, "postgres"),
                "MCP_API_KEY",
                KEY,
                "BREAKWATER_LIMITS_QUOTA_TIMEOUT",
                "30s",
                "BREAKWATER_LIMITS_QUOTA_PRINCIPAL_COST",
                "1500");
        try (var one = RunningServer.start(environment);
                var two = RunningServer.start(environment)) {
            assertThat(costly(one)).doesNotContain("error");
            assertThat(costly(two)).contains("RATE_LIMITED", "Your quota of 1,500 planner units a day has");
        }
    }

    /** Of a query that the planner expects to cost 1,000. */
    private static String costly(RunningServer server) {
        var sql = "SELECT count(*) FROM generate_series(1, 100000)";
        try (var client = McpClients.withToken(server.endpoint(), KEY).connect()) {
            return JsonText.line(
                    client.call("execute_query", Json.object().put("query", sql).build())
                            .result());
        }
    }

    private static void save(RunningServer server, String content) {
        var answer = ask(
                server,
                "save_data",
                Json.object().put("data_id", "note").put("content", content).build());
        assertThat(answer.get("isError")).as(answer.toString()).isNotEqualTo(Json.of(true));
    }

    private static String read(RunningServer server) {
        var answer = ask(
                server, "get_data_cached", Json.object().put("data_id", "note").build());
        return String.valueOf(answer.object("structuredContent").text("content"));
    }

    private static Json.Obj ask(RunningServer server, String tool, Json.Obj arguments) {
        try (var client = McpClients.connect(server.endpoint())) {
            return client.call(tool, arguments).result();
        }
    }

    /** A process with {@link NumberServer}. */
    private record Numbers(Process process, String url) implements AutoCloseable {

        static Numbers start(String redis) throws IOException {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            var process = new ProcessBuilder(
                            java, "-cp", System.getProperty("java.class.path"), NumberServer.class.getName(), redis)
                    .redirectError(Redirect.DISCARD)
                    .start();
            return new Numbers(
                    process, process.inputReader(StandardCharsets.UTF_8).readLine());
        }

        String draw(String caller, String tool) throws IOException, InterruptedException {
            var body =
                    Messages.modern("1", "tools/call", "\"name\":\"" + tool + "\",\"arguments\":{\"topic\":\"luck\"}");
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", "tools/call")
                    .header("Mcp-Name", tool)
                    .header(NumberServer.CALLER, caller)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request, BodyHandlers.ofString()).body();
                assertThat(answer).contains("\"number\":");
                return answer.replaceFirst("(?s).*\"number\":(\\d+).*", "$1");
            }
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            assertThat(process.onExit().join().exitValue()).isZero();
        }
    }
}
