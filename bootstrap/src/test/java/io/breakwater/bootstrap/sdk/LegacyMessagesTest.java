package io.breakwater.bootstrap.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.mcp.SdkTools;
import io.breakwater.sample.sdk.OrderDesk;
import io.breakwater.sample.sdk.Orders;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of response on the legacy wire, judged by the SDK's typed model; {@link SdkLegacyClient} does so with all
 * that it receives.
 */
class LegacyMessagesTest {
    private final HttpTransport http = HttpTransport.on("127.0.0.1", 0);
    private Breakwater server;

    @BeforeEach
    void serve() {
        server = Breakwater.named("messages")
                .version("1")
                .title("Messages")
                .instructions("Ask for anything.")
                .tools(SdkTools.sync(new OrderDesk(new Orders()).tools()))
                .resource(Resource.of("memo://today")
                        .name("today")
                        .description("What is on today.")
                        .mimeType("text/plain")
                        .text(() -> "Nothing"))
                .resource(ResourceTemplate.of("memo://{day}")
                        .name("day")
                        .description("One day.")
                        .completion("day", (typed, others, call) -> List.of("monday", "tuesday"))
                        .reader((uri, variables, call) ->
                                List.of(ResourceContents.blob(uri, "image/png", new byte[3]))))
                .prompt(Prompt.named("plan")
                        .description("Plans a day.")
                        .requiredArgument("day", "Which")
                        .handler((arguments, call) -> List.of(
                                Prompt.Message.user("Plan " + arguments.get("day")),
                                Prompt.Message.user(Content.image(new byte[3], "image/png")))))
                .build();
        server.serve(http);
    }

    @AfterEach
    void stop() {
        assertThat(server.close(Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ping                     | ``
            tools/list               | ``
            resources/list           | ``
            resources/templates/list | ``
            resources/read           | "uri":"memo://today"
            resources/read           | "uri":"memo://friday"
            resources/subscribe      | "uri":"memo://today"
            resources/unsubscribe    | "uri":"memo://today"
            prompts/list             | ``
            prompts/get              | "name":"plan","arguments":{"day":"monday"}
            completion/complete      | "ref":{"type":"ref/resource","uri":"memo://{day}"},"argument":{"name":"day","value":"m"}
            logging/setLevel         | "level":"debug"
            """)
    void areUnderstoodByTheSdk(String method, String params) throws Exception {
        try (var client = SdkLegacyClient.connect(http.address())) {
            assertThat(client.request(method, params).error().isMissingNode()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            -32002 | resources/read | "uri":"nowhere://at-all"
            -32602 | tools/call     | "name":"no_such_tool"
            -32602 | prompts/get    | "name":"plan"
            -32601 | no/such/method | ``
            """)
    void areUnderstoodByTheSdkWhenTheyAreErrors(int code, String method, String params) throws Exception {
        try (var client = SdkLegacyClient.connect(http.address())) {
            assertThat(client.request(method, params).error().path("code").asInt())
                    .isEqualTo(code);
        }
    }
}
