package io.breakwater.core.presentation.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.mcp.ClientRequest;
import io.breakwater.server.mcp.Tool;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The response of a user belongs to one principal and to one call. */
class AnsweredCallTest {
    private static final Json.Obj FORM = Json.object()
            .put("type", "object")
            .put("properties", Json.Obj.EMPTY)
            .build();

    record Greeting(String text) {}

    private final AtomicInteger asked = new AtomicInteger();

    private static Tool greet() {
        return Tool.named("greet")
                .description("Greets.")
                .output(Greeting.class)
                .readOnly()
                .cacheFor(Duration.ofMinutes(5))
                .handler((args, call) -> new Greeting("Hello "
                        + call.request("name", ClientRequest.form("Who?", FORM))
                                .content()
                                .text("name")));
    }

    @ParameterizedTest
    @EnumSource
    void isNotKept(ClientMode way) {
        try (var server = Breakwater.named("t").tool(greet()).build();
                var client = way.to(server)
                        .capabilities(
                                Json.object().put("elicitation", Json.Obj.EMPTY).build())
                        .onServerRequest(question -> ClientResponses.accepted(Json.object()
                                .put("name", "number " + asked.incrementAndGet())
                                .build()))
                        .connect()) {
            assertThat(greeted(client)).isEqualTo("Hello number 1");
            assertThat(greeted(client)).isEqualTo("Hello number 2");
        }
    }

    private static String greeted(McpClient client) {
        return String.valueOf(client.call("greet").structured().text("text"));
    }
}
