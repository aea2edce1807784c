package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.demo.SampleBehavior;
import io.breakwater.bootstrap.demo.SampleService;
import io.breakwater.bootstrap.demo.SampleServices;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server as it is shipped calls real HTTP services, which fail one after the other. */
class ServicesTest {
    private final SampleServices services = SampleServices.start(2);
    private final List<SampleService> users = services.instances(SampleServices.USERS);
    private RunningServer server;
    private McpClient client;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = RunningServer.start(Map.of(
                "BREAKWATER_SERVICES_USER_SERVICE_URLS",
                urls(),
                "BREAKWATER_SERVICES_USER_SERVICE_HEALTH_INTERVAL",
                "200ms",
                "BREAKWATER_SERVICES_USER_SERVICE_ATTEMPT_TIMEOUT",
                "2s"));
        client = McpClients.connect(server.endpoint());
    }

    private String urls() {
        return users.stream().map(SampleService::url).collect(Collectors.joining(","));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        services.close();
    }

    @Test
    void callsGoToTheInstancesThatAreLeft() {
        assertThat(user(7).object("result").text("name")).isEqualTo("Edsger");
        assertThat(healthy())
                .containsExactlyInAnyOrder(users.get(0).url(), users.get(1).url());

        users.get(0).close();

        for (int id = 1; id <= 20; id++) {
            assertThat(user(id).get("http_status")).isEqualTo(Json.of(200));
        }
        Eventually.holds(() -> healthy().equals(List.of(users.get(1).url())));
    }

    @Test
    void aServiceWithoutAnInstanceIsRefusedAtOnceAndComesBack() {
        users.forEach(instance -> instance.behave(SampleBehavior.FAILING));
        Eventually.holds(() -> healthy().isEmpty());

        var refused = ask("api_request", request(7));

        assertThat(refused.get("isError")).isEqualTo(Json.of(true));
        assertThat(JsonText.line(refused)).contains("EXTERNAL_ERROR").doesNotContain("127.0.0.1");
        users.forEach(instance -> instance.behave(SampleBehavior.NORMAL));
        Eventually.holds(() -> healthy().size() == 2);
        assertThat(user(7).get("http_status")).isEqualTo(Json.of(200));
    }

    @Test
    void ordersNeedAStore() {
        assertThat(client.tools().stream().map(tool -> tool.text("name")))
                .contains("api_request", "batch_api_requests", "list_services")
                .doesNotContain("create_order");
    }

    private static Json.Obj request(int id) {
        return Json.object()
                .put("service", SampleServices.USERS)
                .put("method", "GET")
                .put("endpoint", "/users/{id}")
                .put("params", Json.object().put("id", id).build())
                .build();
    }

    private Json.Obj user(int id) {
        return call("api_request", request(id));
    }

    private List<String> healthy() {
        var listed = requireNonNull(
                        (Json.Arr) call("list_services", Json.Obj.EMPTY).get("services"))
                .items();
        var instances = requireNonNull((Json.Arr) ((Json.Obj) listed.getFirst()).get("healthy_instances"));
        return instances.items().stream()
                .map(item -> ((Json.Text) item).value())
                .toList();
    }

    private Json.Obj call(String tool, Json.Obj arguments) {
        var answer = ask(tool, arguments);
        assertThat(answer.get("isError")).as(JsonText.line(answer)).isNotEqualTo(Json.of(true));
        return answer.object("structuredContent");
    }

    private Json.Obj ask(String tool, Json.Obj arguments) {
        return client.call(tool, arguments).result();
    }
}
