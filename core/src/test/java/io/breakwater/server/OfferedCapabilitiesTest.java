package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server offers prompts and resources only if it has some, in both eras. */
class OfferedCapabilitiesTest {
    private static final Prompt PROMPT =
            Prompt.named("greet").description("Greets.").handler((arguments, call) -> List.of());
    private static final Resource RESOURCE = Resource.of("a://b").text(() -> "b");
    private static final ResourceTemplate TEMPLATE = ResourceTemplate.of("a://{b}")
            .reader((uri, variables, call) -> List.of(new ResourceContents.Text(uri, null, "b")));

    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("hello", call -> "hello"))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aServerWithToolsOffersNeitherPromptsNorResources() {
        assertThat(modern()).containsExactlyInAnyOrder("tools", "logging", "experimental", "extensions");
        assertThat(legacy()).containsExactlyInAnyOrder("tools", "logging", "experimental");
    }

    @Test
    void aServerWithAPromptOffersPrompts() {
        server.add(PROMPT);

        assertThat(modern())
                .containsExactlyInAnyOrder("tools", "prompts", "completions", "logging", "experimental", "extensions");
        assertThat(legacy()).containsExactlyInAnyOrder("tools", "prompts", "completions", "logging", "experimental");
    }

    @Test
    void aServerWithAResourceOrATemplateOffersResources() {
        server.add(RESOURCE);
        try (var other = Breakwater.named("t").resource(TEMPLATE).build()) {
            assertThat(modern()).contains("resources", "completions").doesNotContain("prompts");
            assertThat(legacy()).contains("resources", "completions").doesNotContain("prompts");
            assertThat(modern(other)).contains("resources");
        }
    }

    @Test
    void whatWasOfferedOnceStaysOffered() {
        server.add(PROMPT);
        server.removePrompt("greet");

        assertThat(modern()).contains("prompts");
        assertThat(request("prompts/list").get("prompts")).isEqualTo(Json.array());
    }

    @Test
    void aListThatIsNotOfferedIsNoMethod() {
        for (var method : List.of("prompts/list", "resources/list", "resources/templates/list")) {
            assertThatExceptionOfType(PortException.ProtocolErrorException.class)
                    .isThrownBy(() -> request(method))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(McpException.METHOD_NOT_FOUND))
                    .withMessage("Method not found: " + method);
        }
    }

    @Test
    void aClientSeesNoItemsOfWhatIsNotOffered() {
        try (var client = InMemoryClient.of(server)) {
            assertThat(client.prompts()).isEmpty();
            assertThat(client.resources()).isEmpty();
            assertThat(client.resourceTemplates()).isEmpty();
        }
    }

    private Json.Obj request(String method) {
        try (var client = InMemoryClient.of(server)) {
            return client.request(method, Json.Obj.EMPTY);
        }
    }

    private Set<String> modern() {
        return modern(server);
    }

    private static Set<String> modern(Breakwater server) {
        try (var client = InMemoryClient.of(server)) {
            return client.serverInfo().object("capabilities").members().keySet();
        }
    }

    private Set<String> legacy() {
        try (var client = InMemoryClient.overExchanges(server).legacy().connect()) {
            return client.serverInfo().object("capabilities").members().keySet();
        }
    }
}
