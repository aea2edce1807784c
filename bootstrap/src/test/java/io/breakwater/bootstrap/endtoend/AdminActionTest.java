package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code admin_action} in the program as it is shipped, for the holder of an API key with the role {@code admin}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminActionTest {
    private static final String KEY = "q7Lk2ZtVw9Xb4RmN8sPf3HyGd6JcTaEuWo5K";

    private RunningServer server;

    private static Map<String, String> environment(String roles) {
        return Map.of("MCP_API_KEY", KEY, "BREAKWATER_AUTH_API_KEY_ROLES", roles, "BREAKWATER_PACKS_ADMIN", "true");
    }

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.start(environment("admin"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static McpClient connect(RunningServer server) {
        return McpClients.withToken(server.endpoint(), KEY)
                .onServerRequest(request -> ClientResponses.accepted(
                        Json.object().put("confirm", true).build()))
                .connect();
    }

    private static Json.Obj act(RunningServer server, Json.ObjectBuilder arguments) {
        try (var client = connect(server)) {
            var result = client.call("admin_action", arguments.build());
            assertThat(result.isError()).as(result.text()).isFalse();
            return result.structured();
        }
    }

    private static Json.ObjectBuilder action(String name) {
        return Json.object().put("action", name);
    }

    @Test
    void changesTheLogLevelOfTheProgram() throws Exception {
        var environment = new HashMap<>(environment("admin"));
        environment.put("BREAKWATER_LOG_REQUESTS", "all");
        try (var talkative = RunningServer.start(environment);
                var client = connect(talkative)) {
            act(talkative, action("list_sessions"));
            act(talkative, action("set_log_level").put("level", "error"));
            act(talkative, action("list_sessions"));
            act(talkative, action("set_log_level").put("level", "info"));
            client.call("health_check");

            Eventually.holds(() -> talkative.log().contains("health_check"));
            assertThat(talkative.log().lines().filter(line -> line.contains("admin_action")))
                    .as("the first call and the last one")
                    .hasSize(2);
        }
    }

    @Test
    void namesTheCallerAndClearsTheCache() {
        var result = act(server, action("clear_cache"));

        assertThat(result.text("status")).isEqualTo("completed");
        assertThat(result.text("user")).contains("api-key");
    }

    @Test
    void saysWhatItCannotDo() {
        try (var client = connect(server)) {
            assertThat(client.call("admin_action", action("reload_config").build())
                            .text())
                    .contains("CONFLICT", "without a configuration file");
        }
    }

    @Test
    void otherRolesHaveNoSuchTool() throws Exception {
        try (var other = RunningServer.start(environment("analyst"));
                var client = connect(other)) {
            assertThat(client.tools()).extracting(tool -> tool.text("name")).doesNotContain("admin_action");
            assertThatThrownBy(() -> client.call("admin_action", action("drain").build()))
                    .isInstanceOf(PortException.ProtocolErrorException.class);
        }
    }

    @Test
    void drainEndsTheProcessAfterItsResponse() throws Exception {
        try (var drained = RunningServer.start(environment("admin"))) { // close() requires that the exit code is 0
            assertThat(act(drained, action("drain")).text("message")).contains("then stops");

            drained.awaitEnd();
            assertThat(drained.log()).contains("an administrator has requested it");
        }
    }
}
