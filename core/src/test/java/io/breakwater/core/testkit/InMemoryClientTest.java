package io.breakwater.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.Limits;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryClientTest {
    record FindOrder(String number) {}

    record Order(String number, String state) {}

    private static BreakwaterBuilder shop() {
        return Breakwater.named("shop")
                .version("1.0.0")
                .tool(Tool.named("find_order")
                        .description("Finds one order by its number.")
                        .input(FindOrder.class)
                        .output(Order.class)
                        .readOnly()
                        .handler((arguments, call) -> new Order(arguments.number(), "shipped")));
    }

    private static Tool tool(String name, Action action) {
        return Tool.named(name)
                .description("Runs the action of a test.")
                .handler((arguments, call) -> ToolResult.text(action.run(call)));
    }

    @FunctionalInterface
    private interface Action {
        String run(Call call) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void callsATool(ClientMode mode) {
        try (var server = shop().build();
                var client = mode.to(server).connect()) {
            var result =
                    client.call("find_order", Json.object().put("number", "A-1").build());

            assertThat(result.isError()).isFalse();
            assertThat(result.structured().text("state")).isEqualTo("shipped");
            assertThat(result.text()).contains("\"number\":\"A-1\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsPageAfterPage(ClientMode mode) {
        var shop = shop().limits(Limits.STANDARD.withPageSize(1));
        for (int i = 0; i < 3; i++) {
            shop.tool(tool("tool_" + i, call -> ""));
        }
        try (var server = shop.build();
                var client = mode.to(server).connect()) {
            assertThat(client.tools())
                    .extracting(tool -> tool.text("name"))
                    .containsExactly("find_order", "tool_0", "tool_1", "tool_2");
            assertThat(client.resources()).isEmpty();
            assertThat(client.resourceTemplates()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsAResourceAndAPrompt(ClientMode mode) {
        var shop = shop().resource(Resource.of("shop://hours").name("hours").text(() -> "9 to 5"))
                .prompt(Prompt.named("greet")
                        .description("Greets a person.")
                        .requiredArgument("name", "Name of the person")
                        .handler((arguments, call) -> List.of(Prompt.Message.user("Greet " + arguments.get("name")))));
        try (var server = shop.build();
                var client = mode.to(server).connect()) {
            assertThat(client.read("shop://hours")).asString().contains("9 to 5");
            assertThat(client.prompt("greet", Map.of("name", "Ann"))).asString().contains("Greet Ann");
            assertThat(client.prompts()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void respondsToRequestsOfTheServer(ClientMode mode) {
        var form = Json.object()
                .put("type", "object")
                .put("properties", Json.Obj.EMPTY)
                .build();
        var shop = shop().tool(tool("ask", call -> {
            var name = call.request("name", ClientRequest.form("Your name?", form))
                    .content()
                    .text("name");
            return name + ": "
                    + call.request("poem", ClientRequest.sample("A poem", 10)).sampledText();
        }));
        try (var server = shop.build();
                var client = mode.to(server)
                        .onServerRequest(request -> request.method().equals("elicitation/create")
                                ? ClientResponses.accepted(
                                        Json.object().put("name", "Ann").build())
                                : ClientResponses.sampled("Roses"))
                        .connect()) {
            assertThat(client.call("ask").text()).isEqualTo("Ann: Roses");
        }
    }

    @ParameterizedTest
    @EnumSource
    void receivesProgressAndLogMessages(ClientMode mode) {
        var notifications = new RecordedNotifications();
        var shop = shop().tool(tool("work", call -> {
            call.progress(1, 2.0, "half");
            call.log(LogLevel.DEBUG, "too detailed");
            call.log(LogLevel.WARNING, "careful");
            return "done";
        }));
        try (var server = shop.build();
                var client = mode.to(server)
                        .onNotification(notifications)
                        .logLevel(LogLevel.INFO)
                        .connect()) {
            assertThat(client.call("work").text()).isEqualTo("done");
            assertThat(notifications.progress())
                    .singleElement()
                    .satisfies(params -> assertThat(params.text("message")).isEqualTo("half"));
            assertThat(notifications.logged())
                    .singleElement()
                    .satisfies(params -> assertThat(params.text("data")).isEqualTo("careful"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsACall(ClientMode mode) throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var shop = shop().tool(tool("wait", call -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "never";
        }));
        try (var server = shop.build();
                var client = mode.to(server).connect()) {
            var call = client.requestAsync(
                    "tools/call", Json.object().put("name", "wait").build());
            assertThat(started.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            call.cancel();

            assertThat(interrupted.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(call::await).isInstanceOf(CancellationException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void receivesNotificationsOfChanges(ClientMode mode) {
        var notifications = new RecordedNotifications();
        try (var server = shop().build();
                var client = mode.to(server).onNotification(notifications).connect();
                var subscription = client.subscribe("shop://hours")) {
            assertThat(subscription).isNotNull();
            server.add(tool("another", call -> ""));
            server.resourceUpdated("shop://hours");

            notifications.await("notifications/tools/list_changed", 1);
            assertThat(notifications.await("notifications/resources/updated", 1))
                    .singleElement()
                    .satisfies(params -> assertThat(params.text("uri")).isEqualTo("shop://hours"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsErrorsOfTheServer(ClientMode mode) {
        try (var server = shop().build();
                var client = mode.to(server).connect()) {
            assertThatThrownBy(() -> client.call("unknown"))
                    .isInstanceOfSatisfying(
                            PortException.ProtocolErrorException.class,
                            error -> assertThat(error.code()).isEqualTo(McpException.INVALID_PARAMS))
                    .hasMessageContaining("unknown");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MODERN_HTTP", "MODERN_STDIO"})
    void refusesRequestsOfTheServerWithoutAResponder(ClientMode mode) {
        var shop = shop().tool(tool(
                "roots", call -> call.request("r", ClientRequest.roots()).toString()));
        try (var server = shop.build();
                var client = mode.to(server)
                        .capabilities(Json.object().put("roots", Json.Obj.EMPTY).build())
                        .connect()) {
            assertThatThrownBy(() -> client.call("roots"))
                    .isInstanceOf(PortException.RefusedException.class)
                    .hasMessageContaining("roots/list");
        }
    }

    @Test
    void resumesAStreamThatTheServerClosed() {
        var shop = shop().tool(tool("slow", call -> {
            call.closeStream(Duration.ofMillis(1));
            return "done";
        }));
        try (var server = shop.build();
                var client = InMemoryClient.overExchanges(server).legacy().connect()) {
            assertThat(client.call("slow").text()).isEqualTo("done");
        }
    }

    @Test
    void choosesTheModernEraIfTheServerSupportsIt() {
        var versions = new ArrayList<String>();
        try (var server = shop().build()) {
            for (var mode : ClientMode.values()) {
                try (McpClient client = mode.to(server).eitherEra().connect()) {
                    versions.add(client.protocolVersion());
                }
            }
        }
        assertThat(versions).containsOnly("2026-07-28");
    }

    @ParameterizedTest
    @EnumSource
    void readsTheInstructionsOfTheServer(ClientMode mode) {
        try (var server = shop().instructions("Ask for orders.").build();
                var client = mode.to(server).connect()) {
            assertThat(client.serverInfo().text("instructions")).isEqualTo("Ask for orders.");
        }
    }
}
