package io.breakwater.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What no client should send, sent to the distribution: a refusal each time, and the server goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private RunningServer server;

    @BeforeAll
    void start() throws Exception {
        server = RunningServer.start();
    }

    @AfterAll
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> post(byte[] body, Map<String, String> fields) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.endpoint())).POST(BodyPublishers.ofByteArray(body));
        fields.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static byte[][] bodiesThatAreNoJson() {
        return BadMessages.noJson();
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNoJson")
    void aBodyThatIsNoJsonIsAParseError(byte[] body) throws Exception {
        var answer = post(body, Map.of("Content-Type", "application/json"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":-32700").doesNotContain("\"id\"");
        assertThat(wellMeant(Map.of()).statusCode()).isEqualTo(200);
    }

    /** One row for each rung of the ladder that HTTP has of its own: the fields that differ, the status, the code. */
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "Origin,               http://localhost.evil.example, 403, 403",
        "Content-Type,         text/plain,                    415, 415",
        "Content-Encoding,     gzip,                          415, 415",
        "MCP-Protocol-Version, '',                            400, -32020",
        "MCP-Protocol-Version, 2025-11-25,                    400, -32020",
        "Mcp-Method,           '',                            400, -32020",
        "Mcp-Method,           Tools/call,                    400, -32020",
        "Mcp-Name,             '',                            400, -32020",
        "Mcp-Name,             get_metrics,                   400, -32020",
        "Mcp-Name,             =?base64?!!!!?=,               400, -32020",
    })
    void rejectsAMissingOrInvalidField(String field, String value, int status, int code) throws Exception {
        var answer = wellMeant(Map.of(field, value));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":" + code);
    }

    /** A call of {@code health_check} with these fields instead; an empty one is left out. */
    private HttpResponse<String> wellMeant(Map<String, String> instead) throws Exception {
        var fields = new LinkedHashMap<>(Map.of(
                "Content-Type", "application/json",
                "MCP-Protocol-Version", "2026-07-28",
                "Mcp-Method", "tools/call",
                "Mcp-Name", "health_check"));
        fields.putAll(instead);
        fields.values().removeIf(String::isEmpty);
        return post(
                Messages.modern("1", "tools/call", "\"name\":\"health_check\"").getBytes(UTF_8), fields);
    }
}
