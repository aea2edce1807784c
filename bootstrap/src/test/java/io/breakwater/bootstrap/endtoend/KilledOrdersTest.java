package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.demo.SampleServices;
import io.breakwater.port.Json;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A server is killed again and again while it creates orders, and its clients repeat their calls. No order is paid twice,
 * and the repeated call always ends the order. {@code -Dbreakwater.kills=50} kills it more often than usual.
 */
class KilledOrdersTest {
    private static final int KILLS = Integer.getInteger("breakwater.kills", 4);
    private static final int ORDERS = 4;
    private static final int MAX_MILLIS = 150;
    private static final long SEED = 13;

    private final SampleServices services = SampleServices.start(2);
    private final PostgresServer postgres = PostgresServer.newest();
    private final String database = postgres.newDatabase();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        callers.shutdownNow();
        services.close();
    }

    @Test
    void noOrderIsPaidTwice() throws Exception {
        var random = new Random(SEED);
        var keys = new ArrayList<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (int i = 0; i < ORDERS; i++) {
                keys.add("order-" + kill + "-" + i);
            }
            killWhileItOrders(keys.subList(kill * ORDERS, keys.size()), random.nextInt(MAX_MILLIS));
        }

        long interrupted = postgres.number(database, "SELECT count(*) FROM breakwater.orders WHERE stage <> 'ended'");
        var results = repeated(keys);

        assertThat(results)
                .hasSize(keys.size())
                .allSatisfy(result -> assertThat(result.text("status")).isEqualTo("completed"));
        var paid = paymentsByOrder();
        System.out.println("killed " + KILLS + " times: " + keys.size() + " orders, " + interrupted
                + " interrupted, " + paid.size() + " paid, at most "
                + paid.values().stream().mapToInt(Integer::intValue).max().orElse(0) + " payment each");
        assertThat(paid).hasSize(keys.size());
        assertThat(paid.values()).containsOnly(1);
    }

    private RunningServer start() throws IOException, InterruptedException {
        var variables = new HashMap<String, String>();
        services.settings()
                .forEach((path, urls) -> variables.put(
                        "BREAKWATER_"
                                + path.toUpperCase(Locale.ROOT)
                                        .replace('.', '_')
                                        .replace('-', '_'),
                        urls));
        variables.put("STORE_URL", postgres.url(database, "postgres"));
        variables.put("RATE_LIMIT", "off");
        variables.put("BREAKWATER_LIMITS_RATE_PRINCIPAL", "off");
        return RunningServer.start(variables);
    }

    private void killWhileItOrders(List<String> keys, int millis) throws IOException, InterruptedException {
        var server = start();
        try (var warm = McpClients.connect(server.endpoint())) {
            Eventually.holds(
                    () -> !isError(warm.call("list_users", Json.Obj.EMPTY).result())); // the tables exist
        }
        var begun = new CountDownLatch(keys.size());
        var calls = keys.stream()
                .map(key -> CompletableFuture.runAsync(() -> orderUntilTheServerIsGone(server, key, begun), callers))
                .toList();
        assertThat(begun.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        new CompletableFuture<Void>()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
        server.kill();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    private static void orderUntilTheServerIsGone(RunningServer server, String key, CountDownLatch begun) {
        try (var client = McpClients.connect(server.endpoint())) {
            begun.countDown();
            var unused = order(client, key);
        } catch (RuntimeException killed) {
            // the server is gone, in whatever it was doing
        }
    }

    /** Each client repeats its call with the same key; an order of the killed server counts as running for a while. */
    private List<Json.Obj> repeated(List<String> keys) throws IOException, InterruptedException {
        var results = new ArrayList<Json.Obj>();
        try (var server = start();
                var client = McpClients.connect(server.endpoint())) {
            for (var key : keys) {
                Eventually.holds(() -> {
                    var result = order(client, key);
                    if (!isError(result)) {
                        results.add(result.object("structuredContent"));
                    }
                    return !isError(result);
                });
            }
        }
        return results;
    }

    private static boolean isError(Json.Obj result) {
        return Json.of(true).equals(result.get("isError"));
    }

    private static Json.Obj order(McpClient client, String key) {
        var item = Json.object()
                .put("sku", "espresso")
                .put("price", Json.of(new BigDecimal("12.50")))
                .put("quantity", 2)
                .build();
        var arguments =
                Json.object().put("user_id", 7).put("items", Json.array(item)).build();
        var call = Json.object()
                .put("name", "create_order")
                .put("arguments", arguments)
                .put(
                        "_meta",
                        Json.object().put("io.breakwater/idempotencyKey", key).build())
                .build();
        return client.request("tools/call", call);
    }

    private Map<String, Integer> paymentsByOrder() throws IOException, InterruptedException {
        var url = services.instances(SampleServices.PAYMENTS).getFirst().url() + "/payments";
        try (var http = HttpClient.newHttpClient()) {
            var body = http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            var counts = new HashMap<String, Integer>();
            for (var payment : requireNonNull((Json.Arr) ((Json.Obj) Json.parse(body)).get("payments"))
                    .items()) {
                counts.merge(((Json.Obj) payment).text("order_id"), 1, Integer::sum);
            }
            return counts;
        }
    }
}
