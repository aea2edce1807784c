package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that returns null has a bug: its caller receives an error, and the log names the tool. */
@SuppressWarnings("NullAway") // what a careless embedder writes
class NullResultsTest {
    private final CapturedLog log = CapturedLog.of("io.breakwater.call");
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.draft("null_result").handler((arguments, call) -> null))
            .tool(record("null_record").output(Order.class).handler((arguments, call) -> null))
            .tool(record("null_json").output(Json.Obj.EMPTY).handler((arguments, call) -> null))
            .resource(Resource.of("a://null").reader(call -> null))
            .prompt(Prompt.named("null_prompt").description("D.").handler((arguments, call) -> null))
            .build();

    record Order(String number) {}

    private static Tool.Builder<?, ?> record(String name) {
        return SampleTools.draft(name);
    }

    @AfterEach
    void close() {
        log.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null_result", "null_record", "null_json"})
    void aToolThatReturnsNullIsAnInternalErrorThatTheLogExplains(String tool) {
        try (var client = InMemoryClient.of(server)) {
            var result = client.call(tool);

            assertThat(result.isError()).isTrue();
            assertThat(result.text()).contains("INTERNAL_ERROR").doesNotContain("returned null");
        }
        assertThat(causes())
                .contains("The handler of tool " + tool + " returned null. Return a result, or throw ToolException.");
    }

    @Test
    void aResourceThatReturnsNullIsAnInternalErrorThatTheLogExplains() {
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                    .isThrownBy(() -> client.read("a://null"))
                    .withMessageStartingWith("Internal error");
        }
        assertThat(causes())
                .contains("The reader of resource a://null returned null. Return the contents, or throw"
                        + " McpException.noSuchResource.");
    }

    @Test
    void aPromptThatReturnsNullIsAnInternalErrorThatTheLogExplains() {
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                    .isThrownBy(() -> client.prompt("null_prompt", Map.of()))
                    .withMessageStartingWith("Internal error");
        }
        assertThat(causes())
                .contains(
                        "The handler of prompt null_prompt returned null. Return the messages, or throw McpException.");
    }

    private List<String> causes() {
        return log.events().stream()
                .map(ILoggingEvent::getThrowableProxy)
                .filter(Objects::nonNull)
                .map(thrown -> String.valueOf(thrown.getMessage()))
                .toList();
    }
}
