package io.breakwater.core.presentation.tool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pack in a whole server, asked by a client of each era. */
class ServedSystemPackTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Breakwater server = Breakwater.named("shop")
            .version("1.2.3")
            .environment("staging")
            .meterRegistry(registry)
            .dependency(Dependency.optional("redis", scope -> {
                throw new PortException.UnavailableException("Connection refused.", null, null);
            }))
            .tool(Tool.named("echo").description("Says hello.").handler((nothing, call) -> ToolResult.text("hello")))
            .pack(new BuiltInPack.SystemInfo(() -> "server:\n  name: shop\n"))
            .build();

    enum Era {
        MODERN,
        LEGACY
    }

    private McpClient client(Era era) {
        var draft = InMemoryClient.overExchanges(server);
        return (era == Era.LEGACY ? draft.legacy() : draft).connect();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void tellsHowTheServerIsDoing(Era era) {
        try (var client = client(era)) {
            var health = client.call("health_check").structured();

            assertThat(health.text("status")).isEqualTo("degraded");
            assertThat(health.text("version")).isEqualTo("1.2.3");
            assertThat(health).asString().contains("Connection refused.");
            assertThat(client.read("health://status")).asString().contains("degraded");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksWhatItLeansOn(Era era) {
        try (var client = client(era)) {
            var found = client.call("check_dependencies").structured();

            assertThat(found.get("all_up")).isEqualTo(Json.of(false));
            assertThat(names(found, "dependencies")).containsExactly("redis");
            assertThat(found.get("dependencies")).asString().contains("down").contains("Connection refused.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void countsRequestsUnderNamesOfTheCatalog(Era era) {
        try (var client = client(era)) {
            client.call("echo");
            client.tools();
            var metrics = client.call("get_metrics").structured();

            assertThat(names(metrics, "tools")).containsExactly("echo");
            assertThat(names(metrics, "methods")).contains("tools/list").doesNotContain("unknown");
            assertThat(requests("tools/call", "echo")).isOne();
            assertThat(requests("tools/list", "none")).isOne();
        }
    }

    @Test
    void hidesTheNamesOfToolsThatTheCallerMayNotUse() {
        try (var client = client(Era.MODERN)) {
            client.call("echo");
            client.call("health_check");
            server.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*").onPrompts("*"),
                    AccessRule.deny("echo").onTools("echo")));
            var metrics = client.call("get_metrics").structured();

            assertThat(names(metrics, "tools")).containsExactly("health_check");
            assertThat(client.prompt("diagnose_health", Map.of()).toString()).doesNotContain("echo");
        }
    }

    private static List<String> names(Json.Obj metrics, String list) {
        return ((Json.Arr) Objects.requireNonNull(metrics.get(list)))
                .items().stream()
                        .map(each -> String.valueOf(((Json.Obj) each).text("name")))
                        .toList();
    }

    private double requests(String method, String tool) {
        return registry.get("mcp_requests_total")
                .tags("method", method, "tool", tool, "status", "ok")
                .functionCounter()
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void showsTheConfigurationAndThePrompt(Era era) {
        try (var client = client(era)) {
            assertThat(client.read("config://effective")).asString().contains("name: shop");
            assertThat(client.prompt("diagnose_health", Map.of())).asString().contains("How to read the data");
        }
    }
}
