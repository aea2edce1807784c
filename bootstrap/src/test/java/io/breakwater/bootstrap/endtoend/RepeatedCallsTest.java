package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Repeated calls with idempotency keys, in the server as it is shipped and a real PostgreSQL. */
class RepeatedCallsTest {
    private static final Json.Obj ADA =
            Json.object().put("name", "Ada").put("email", "ada@example.com").build();
    private static final int CALLS = 200;
    private static final int KILLS = 3;
    private static final int DOCUMENTS = 40;

    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();

    @Test
    void manyConcurrentRepetitionsCreateOneUser() throws Exception {
        try (var server = start();
                var client = McpClients.connect(server.endpoint())) {
            var start = new CountDownLatch(1);
            var calls = IntStream.range(0, CALLS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                await(start);
                                return call(client, "create_user", ADA, "the-key");
                            },
                            Thread::startVirtualThread))
                    .toList();
            start.countDown();
            var replies = calls.stream().map(CompletableFuture::join).toList();

            var first = call(client, "create_user", ADA, "the-key");
            assertThat(first.isError()).as(first.text()).isFalse();
            assertThat(first.result().object("_meta").get("io.breakwater/idempotentReplay"))
                    .isEqualTo(Json.of(true));
            assertThat(replies)
                    .allSatisfy(reply -> assertThat(
                                    reply.isError()
                                            ? reply.text()
                                            : reply.structured().toString())
                            .satisfiesAnyOf(
                                    text -> assertThat(text)
                                            .isEqualTo(first.structured().toString()),
                                    text -> assertThat(text)
                                            .contains("\"code\":\"CONFLICT\"", "in progress", "retryAfterMs")));
            assertThat(replies).anyMatch(reply -> !reply.isError());
            assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.users"))
                    .isEqualTo(1);
        }
    }

    @Test
    @CoversOutage("exactly-once writes: process killed during the effect")
    void aServerThatIsKilledInTheMiddleOfWritesNeverWritesTwice() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int round = kill;
            var server = start();
            try (var client = McpClients.connect(server.endpoint())) {
                var calls = new ArrayList<CompletableFuture<Optional<ToolCallResult>>>();
                for (int i = 0; i < DOCUMENTS; i++) {
                    int document = i;
                    calls.add(CompletableFuture.supplyAsync(
                            () -> save(client, round, document), Thread::startVirtualThread));
                }
                Eventually.holds(() -> saved(round) > 0);
                server.kill();
                calls.forEach(CompletableFuture::join);
            }
        }

        try (var server = start();
                var client = McpClients.connect(server.endpoint())) {
            for (int round = 0; round < KILLS; round++) {
                for (int document = 0; document < DOCUMENTS; document++) {
                    var repeated = save(client, round, document).orElseThrow();
                    assertThat(repeated.structured().get("version")).isEqualTo(Json.of(1));
                }
            }
        }
        assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.documents WHERE version = 1"))
                .isEqualTo(KILLS * DOCUMENTS);
        assertThat(postgres.number(database, "SELECT count(*) FROM breakwater.documents"))
                .isEqualTo(KILLS * DOCUMENTS);
    }

    /** All calls run at once; a limit that follows the latency would refuse some of them on a busy machine. */
    private RunningServer start() throws IOException, InterruptedException {
        return RunningServer.start(Map.of(
                "STORE_URL", postgres.url(database, "postgres"), "BREAKWATER_LIMITS_ADAPTIVE_CONCURRENCY", "false"));
    }

    private long saved(int round) throws SQLException {
        return postgres.number(database, "SELECT count(*) FROM breakwater.documents WHERE id LIKE 'd-" + round + "-%'");
    }

    /** The result of a save, which is repeated while it is in progress; empty if the server is gone. */
    private static Optional<ToolCallResult> save(McpClient client, int round, int document) {
        var id = "d-" + round + "-" + document;
        var arguments =
                Json.object().put("data_id", id).put("content", document).build();
        try {
            var results = new ArrayList<ToolCallResult>();
            Eventually.holds(() -> {
                var result = call(client, "save_data", arguments, "key-" + id);
                return !(result.isError() && result.text().contains("in progress")) && results.add(result);
            });
            return Optional.of(results.getFirst());
        } catch (PortException gone) {
            return Optional.empty();
        }
    }

    private static ToolCallResult call(McpClient client, String tool, Json.Obj arguments, String key) {
        var meta = Json.object().put("io.breakwater/idempotencyKey", key).build();
        var params = Json.object().put("name", tool).put("arguments", arguments).put("_meta", meta);
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
