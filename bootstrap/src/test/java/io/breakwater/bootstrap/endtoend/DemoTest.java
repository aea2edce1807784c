package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One command, and a model can ask a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private static final Pattern READY = Pattern.compile("The demo is ready at (\\S+)");

    private Process demo;
    private String url;
    private String notice = "";
    private String paymentsUrl = "";

    @BeforeAll
    void start() throws IOException {
        var folder = Scratch.folder("breakwater-demo");
        demo = new ProcessBuilder(Distribution.command("demo", "--port", "0"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile())
                .start();
        var output = demo.inputReader(StandardCharsets.UTF_8);
        url = address(output);
        paymentsUrl = find(output, Pattern.compile("curl -d frozen (\\S+)/behavior"));
    }

    private static String find(BufferedReader output, Pattern pattern) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var found = pattern.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("The demo ended before it was ready.");
    }

    private String address(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var found = READY.matcher(line);
            if (found.find()) {
                output.readLine();
                notice = output.readLine();
                return found.group(1);
            }
        }
        throw new AssertionError("The demo ended before it was ready.");
    }

    @AfterAll
    void stop() throws InterruptedException {
        demo.destroy();
        assertThat(demo.waitFor(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(demo.exitValue()).isZero();
    }

    @Test
    void saysThatItHasNoAuthentication() {
        assertThat(notice).startsWith("It has no authentication");
    }

    @Test
    void answersWithRowsOfTheShop() {
        var result = call(
                "execute_query",
                Json.object()
                        .put("query", "SELECT name FROM categories WHERE id <= $1 ORDER BY id")
                        .put("params", Json.array(Json.of(2)))
                        .build());

        assertThat(result.get("results"))
                .isEqualTo(Json.array(
                        Json.object().put("name", "Espresso").build(),
                        Json.object().put("name", "Filter coffee").build()));
        assertThat(result.get("truncated")).isEqualTo(Json.of(false));
    }

    @Test
    void requestsASampleService() {
        var result = call("api_request", request("user-service", "GET", "/users/7"));

        assertThat(result.get("http_status")).isEqualTo(Json.of(200));
        assertThat(result.object("result").text("name")).isEqualTo("Edsger");
    }

    @Test
    void createsAnOrderAndCancelsItIfTheCardIsDeclined() throws IOException, InterruptedException {
        var completed = call("create_order", order());
        payments("declining");
        var cancelled = call("create_order", order());
        payments("normal");

        assertThat(completed.text("status")).isEqualTo("completed");
        assertThat(completed.get("total")).isEqualTo(Json.of(new BigDecimal("25.0")));
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(JsonText.line(cancelled)).contains("\"cancel_order\"", "402");
        assertThat(JsonText.line(call("api_request", request("order-service", "GET", "/orders"))))
                .contains("\"cancelled\"");
    }

    @Test
    void anOrderDoesNotWaitForFrozenPaymentsOnceTheyAreKnownToBeFrozen() throws IOException, InterruptedException {
        payments("frozen");
        try {
            Eventually.holds(() -> {
                call("create_order", order());
                return healthyPayments().isEmpty();
            });
            long begin = System.nanoTime();
            var result = call("create_order", order());

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            assertThat(result.text("status")).isEqualTo("cancelled");
        } finally {
            payments("normal");
        }
        Eventually.holds(() -> !healthyPayments().isEmpty());
    }

    private static Json.Obj order() {
        return Json.object()
                .put("user_id", 7)
                .put(
                        "items",
                        Json.array(Json.object()
                                .put("sku", "espresso")
                                .put("price", Json.of(new BigDecimal("12.5")))
                                .put("quantity", 2)
                                .build()))
                .build();
    }

    private static Json.Obj request(String service, String method, String endpoint) {
        return Json.object()
                .put("service", service)
                .put("method", method)
                .put("endpoint", endpoint)
                .build();
    }

    private List<Json> healthyPayments() {
        var services =
                requireNonNull((Json.Arr) call("list_services", Json.Obj.EMPTY).get("services"));
        return services.items().stream()
                .map(Json.Obj.class::cast)
                .filter(service -> "payment-service".equals(service.text("name")))
                .flatMap(service -> requireNonNull((Json.Arr) service.get("healthy_instances")).items().stream())
                .toList();
    }

    private void payments(String behavior) throws IOException, InterruptedException {
        var post = HttpRequest.newBuilder(URI.create(paymentsUrl + "/behavior"))
                .POST(HttpRequest.BodyPublishers.ofString(behavior))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).body())
                    .isEqualTo("{\"behavior\":\"" + behavior.toUpperCase(Locale.ROOT) + "\"}");
        }
    }

    @Test
    void theShopIsReadOnly() {
        var refused = ask(
                "execute_query",
                Json.object().put("query", "DELETE FROM reviews").build());

        assertThat(refused.get("isError")).isEqualTo(Json.of(true));
        assertThat(JsonText.line(refused)).contains("FORBIDDEN");
    }

    @Test
    void remembersWhatWasSaved() {
        var id = Json.object().put("data_id", "greeting");
        call("save_data", id.put("content", "hello").build());

        var first =
                call("get_data_cached", Json.object().put("data_id", "greeting").build());
        var second =
                call("get_data_cached", Json.object().put("data_id", "greeting").build());

        assertThat(first.text("source")).isEqualTo("database");
        assertThat(second.text("source")).isEqualTo("cache");
        assertThat(second.text("content")).isEqualTo("hello");
    }

    @Test
    @Tag("npm")
    void theInspectorCallsItsTools() throws Exception {
        var results = NodeClients.installed()
                .inspect(
                        "modern",
                        url,
                        List.of(
                                "execute_query",
                                "{\"query\":\"SELECT count(*) AS orders FROM orders\"}",
                                "get_table_schema",
                                "{\"table_name\":\"order_items\"}",
                                "create_user",
                                "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}",
                                "save_data",
                                "{\"data_id\":\"note\",\"content\":\"kept\"}",
                                "get_data_cached",
                                "{\"data_id\":\"note\"}"));

        assertThat(results).hasSize(5);
        assertThat(results.get(0)).contains("\"orders\":24000");
        assertThat(results.get(1)).contains("unit_price", "Price of one piece on the day of the order.");
        assertThat(results.get(2)).contains("ada@example.com", "\"version\":1");
        assertThat(results.get(4)).contains("kept", "\"source\":\"database\"");
    }

    private Json.Obj call(String tool, Json.Obj arguments) {
        var answer = ask(tool, arguments);
        assertThat(answer.get("isError")).as(JsonText.line(answer)).isNotEqualTo(Json.of(true));
        return answer.object("structuredContent");
    }

    private Json.Obj ask(String tool, Json.Obj arguments) {
        try (var client = McpClients.connect(url)) {
            return client.call(tool, arguments).result();
        }
    }
}
