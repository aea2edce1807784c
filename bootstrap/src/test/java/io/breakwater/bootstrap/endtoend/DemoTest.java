package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One command, and a model can ask a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
    private RunningDemo demo;

    @BeforeAll
    void start() throws IOException {
        demo = RunningDemo.start(Map.of());
    }

    @AfterAll
    void stop() {
        demo.close();
    }

    @Test
    void saysThatItHasNoAuthentication() {
        assertThat(demo.notice()).startsWith("It has no authentication");
    }

    @Test
    void saysWhereTheMetricsAre() throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var metrics = client.send(
                    HttpRequest.newBuilder(URI.create(demo.metrics())).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("mcp_service_instances");
        }
    }

    @Test
    void describesItsServices() {
        assertThat(JsonText.line(demo.call("list_services", Json.Obj.EMPTY)))
                .contains("GET /users/{id}", "POST /orders/{id}/cancel", "POST /payments");
    }

    @Test
    void answersWithRowsOfTheShop() {
        var result = demo.call(
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
        var result = demo.call("api_request", request("user-service", "GET", "/users/7"));

        assertThat(result.get("http_status")).isEqualTo(Json.of(200));
        assertThat(result.object("result").text("name")).isEqualTo("Edsger");
    }

    @Test
    void createsAnOrderAndCancelsItIfTheCardIsDeclined() throws IOException, InterruptedException {
        var completed = demo.call("create_order", RunningDemo.order());
        demo.payments("declining");
        var cancelled = demo.call("create_order", RunningDemo.order());
        demo.payments("normal");

        assertThat(completed.text("status")).isEqualTo("completed");
        assertThat(completed.get("total")).isEqualTo(Json.of(new BigDecimal("25.0")));
        assertThat(cancelled.text("status")).isEqualTo("cancelled");
        assertThat(JsonText.line(cancelled)).contains("\"cancel_order\"", "402");
        assertThat(JsonText.line(demo.call("api_request", request("order-service", "GET", "/orders"))))
                .contains("\"cancelled\"");
    }

    private static Json.Obj request(String service, String method, String endpoint) {
        return Json.object()
                .put("service", service)
                .put("method", method)
                .put("endpoint", endpoint)
                .build();
    }

    @Test
    void theShopIsReadOnly() {
        var refused = demo.ask(
                "execute_query",
                Json.object().put("query", "DELETE FROM reviews").build());

        assertThat(refused.get("isError")).isEqualTo(Json.of(true));
        assertThat(JsonText.line(refused)).contains("FORBIDDEN");
    }

    @Test
    void remembersWhatWasSaved() {
        var id = Json.object().put("data_id", "greeting");
        demo.call("save_data", id.put("content", "hello").build());

        var first = demo.call(
                "get_data_cached", Json.object().put("data_id", "greeting").build());
        var second = demo.call(
                "get_data_cached", Json.object().put("data_id", "greeting").build());

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
                        demo.endpoint(),
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
}
