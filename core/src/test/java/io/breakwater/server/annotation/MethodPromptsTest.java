package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Prompt.Message;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Min;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods that write prompts. */
class MethodPromptsTest {
    static class Prompts {
        @McpPrompt(name = "summarize_order", title = "Summary", description = "Asks for a summary.")
        @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
        String summarize(
                @Arg("Order number") @Min(1) int number,
                Optional<String> style,
                @Default("2") int sentences,
                Call call) {
            return call.target() + " " + number + " " + style.orElse("plain") + " " + sentences;
        }

        @McpPrompt(description = "Says something, later.")
        CompletionStage<Content> later() {
            return CompletableFuture.completedFuture(Content.text("later"));
        }

        @McpPrompt(description = "One message.")
        Message message() {
            return new Message("assistant", Content.text("one"));
        }

        @McpPrompt(description = "Messages.")
        List<Message> messages() {
            return List.of(Message.user("first"), Message.user("second"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void writesWhatTheMethodReturns(ClientMode mode) {
        try (var server = AnnotatedServer.of(new Prompts(), mode)) {
            assertThat(server.prompt("summarize_order", Map.of("number", "7")))
                    .contains("summarize_order 7 plain 2", "user");
            assertThat(server.prompt("summarize_order", Map.of("number", "7", "style", "short", "sentences", "1")))
                    .contains("summarize_order 7 short 1");
            assertThat(server.prompt("later", Map.of())).contains("later", "user");
            assertThat(server.prompt("message", Map.of())).contains("one", "assistant");
            assertThat(server.prompt("messages", Map.of())).contains("first", "second");
        }
    }

    @Test
    void listsItsArguments() {
        try (var server = AnnotatedServer.of(new Prompts())) {
            assertThat(server.client().prompts())
                    .contains(json("{'name':'summarize_order','title':'Summary','description':'Asks for a summary.',"
                            + "'arguments':[{'name':'number','description':'Order number','required':true},"
                            + "{'name':'style','required':false},{'name':'sentences','required':false}]}"));
        }
    }

    @Test
    void refusesArgumentsThatDoNotFit() {
        try (var server = AnnotatedServer.of(new Prompts())) {
            assertThatThrownBy(() -> server.prompt("summarize_order", Map.of("number", "0")))
                    .isInstanceOf(PortException.ProtocolErrorException.class)
                    .hasMessageContaining("Prompt \"summarize_order\": /number");
            assertThatThrownBy(() -> server.prompt("summarize_order", Map.of("number", "many")))
                    .hasMessageContaining("/number");
            assertThatThrownBy(() -> server.prompt("summarize_order", Map.of()))
                    .hasMessageContaining("needs the argument \"number\"");
        }
    }
}
