package io.breakwater.core.presentation.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands for a template's variables reaches its reader as it was meant, not as it was encoded. */
class ResourceVariablesTest {
    private final Breakwater server = Breakwater.named("t")
            .resource(ResourceTemplate.of("order://{id}/{part}")
                    .reader((uri, variables, call) ->
                            List.of(ResourceContents.text(uri, "text/plain", String.join("|", variables.values())))))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply read(String uri) {
        return ModernRequests.http(server, "{}")
                .ask("resources/read", Json.object().put("uri", uri).build())
                .awaitEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "order://A-1/lines, A-1|lines",
        "order://a%20b/c%2Fd, a b|c/d",
        "order://a+b/%2B, a+b|+",
        "order://Stra%C3%9Fe/%F0%9F%98%80, Straße|😀",
        "order://%25/%2541, %|%41",
    })
    void areDecoded(String uri, String variables) {
        assertThat(read(uri).result().toString()).contains("\"text\":" + Json.of(variables));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order://%/x", "order://%4/x", "order://%zz/x", "order://%ff/x", "order://%-1/x"})
    void whatEncodesNothingNamesNothing(String uri) {
        assertThat(read(uri).code()).isEqualTo(McpException.INVALID_PARAMS);
    }

    @Test
    void aSlashOfTheUriStillSeparates() {
        assertThat(read("order://a/b/c").code()).isEqualTo(McpException.INVALID_PARAMS);
    }
}
