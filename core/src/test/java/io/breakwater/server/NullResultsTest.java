package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A handler that returns null has a bug: its caller receives an error, and the log names the tool. */
@SuppressWarnings("NullAway") // what a careless embedder writes
class NullResultsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.breakwater.call");
    private final Causes causes = new Causes();
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

    @BeforeEach
    void listen() {
        causes.start();
        logger.addAppender(causes);
    }

    @AfterEach
    void close() {
        logger.detachAppender(causes);
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
        assertThat(causes.messages)
                .contains("The handler of tool " + tool + " returned null. Return a result, or throw ToolException to"
                        + " report a failure.");
    }

    @Test
    void aResourceThatReturnsNullIsAnInternalErrorThatTheLogExplains() {
        try (var client = InMemoryClient.of(server)) {
            assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                    .isThrownBy(() -> client.read("a://null"))
                    .withMessageStartingWith("Internal error");
        }
        assertThat(causes.messages)
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
        assertThat(causes.messages).contains("The handler of prompt null_prompt returned null. Return its messages.");
    }

    private static final class Causes extends AppenderBase<ILoggingEvent> {
        private final Queue<String> messages = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent line) {
            if (line.getThrowableProxy() != null) {
                messages.add(String.valueOf(line.getThrowableProxy().getMessage()));
            }
        }
    }
}
