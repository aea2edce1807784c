package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClientBuilder;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A result above {@link Limits#maxResultBytes} is not sent; its caller receives an error with the limit. */
class ResultLimitTest {
    private static final int LIMIT = 4096;

    private final Breakwater server = Breakwater.named("t")
            .limits(Limits.STANDARD.withMaxResultBytes(LIMIT))
            .settingNames(component -> "the setting " + component)
            .tool(SampleTools.saying("small", call -> "x".repeat(1_000)))
            .tool(SampleTools.saying("large", call -> "x".repeat(LIMIT)))
            .tool(SampleTools.draft("task")
                    .asTask(TaskSupport.REQUIRED)
                    .handler((arguments, call) -> ToolResult.text("x".repeat(LIMIT))))
            .resource(Resource.of("a://large").text(() -> "x".repeat(LIMIT)))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theCallerOfALargeResultReceivesAnErrorWithTheLimit() {
        for (var client : List.of(
                InMemoryClient.overExchanges(server),
                InMemoryClient.overExchanges(server).legacy())) {
            var error = result(client, "large");

            assertThat(error)
                    .contains("\"code\":\"INTERNAL_ERROR\"")
                    .containsPattern(
                            "The result has \\d+ bytes, and the limit is 4096 bytes\\. Request less data if the tool"
                                    + " allows it\\.");
        }
    }

    @Test
    void aResultWithinTheLimitIsSent() {
        assertThat(result(InMemoryClient.overExchanges(server), "small")).isEqualTo("x".repeat(1_000));
    }

    @Test
    void theReaderOfALargeResourceReceivesAnErrorWithTheLimit() {
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                    .isThrownBy(() -> client.read("a://large"))
                    .withMessageContaining("and the limit is 4096 bytes.");
        }
    }

    @Test
    void aTaskWithALargeResultEndsWithTheError() {
        var requests = ModernRequests.http(server, "{'extensions':{'io.modelcontextprotocol/tasks':{}}}");
        var created = requests.ask("tools/call", "{'name':'task'}").result();
        var id = Json.object().putIfPresent("taskId", created.get("taskId")).build();

        Eventually.holds(
                () -> !"working".equals(requests.ask("tasks/get", id).result().text("status")));

        assertThat(requests.ask("tasks/get", id).result().toString()).contains("and the limit is 4096 bytes.");
    }

    @Test
    void theLogNamesTheSetting() {
        try (var log = CapturedLog.of("io.breakwater.core.presentation.call.ResultLimit");
                var client = InMemoryClient.of(server)) {
            client.call("large");

            assertThat(log.events())
                    .singleElement()
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .asString()
                    .contains("which is more than the setting Limits.maxResultBytes allows (4096 bytes)");
        }
    }

    private static String result(McpClientBuilder builder, String tool) {
        try (var client = builder.connect()) {
            return client.call(tool).text();
        }
    }
}
