package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An editor whose {@code server/discover} names one revision in the body and another in the header fields. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeaderMismatchTest {
    private RunningServer server;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        server = RunningServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> discover(String body, String... fields) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server.endpoint()))
                    .header("Content-Type", "application/json")
                    .header("Accept", "text/event-stream, application/json")
                    .headers(fields)
                    .POST(BodyPublishers.ofString(body));
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String discovery(String version) {
        return Messages.modern("1", "server/discover", "")
                .replace(
                        "\"_meta\":{",
                        "\"_meta\":{\"io.modelcontextprotocol/clientInfo\":{\"name\":\"Visual Studio Code\",\"version\":\""
                                + version + "\"},");
    }

    private void assertNamed(String client, String reason) throws IOException {
        var message = "The client \"" + client + "\" sends requests whose header fields and body disagree; the server"
                + " rejects them. server/discover: " + reason + ".";
        var line = "\"level\":\"WARN\",\"logger\":\"io.breakwater.request\",\"message\":\""
                + message.replace("\"", "\\\"") + "\",\"client\":\"" + client + "\"";
        Eventually.holds(() -> server.log().lines().anyMatch(it -> it.contains(line)));
    }

    @Test
    void anotherRevisionInTheHeaderIsRefusedAndTheClientIsNamed() throws Exception {
        var answer = discover(
                discovery("1.127.0"), "MCP-Protocol-Version", "2025-11-25", "User-Agent", "Visual Studio Code/1.127.0");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32020,\"message\":\"The header field"
                        + " MCP-Protocol-Version differs from the value in the body\"}}");
        assertNamed(
                "Visual Studio Code 1.127.0",
                "The header field MCP-Protocol-Version differs from the value in the body");
    }

    @Test
    void aBodyWithoutMetadataIsRefusedAndTheClientIsNamedByItsUserAgent() throws Exception {
        var answer = discover(
                Messages.legacy("1", "server/discover", ""),
                "MCP-Protocol-Version",
                "2026-07-28",
                "User-Agent",
                "Visual Studio Code/1.128.0");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":-32602");
        assertNamed(
                "Visual Studio Code/1.128.0",
                "Every request of 2026-07-28 must have params._meta[\"io.modelcontextprotocol/protocolVersion\"]"
                        + " (a string)");
    }

    @Test
    void aNameDoesNotForgeALineOfTheLog() throws Exception {
        discover(discovery("1\\n2026-01-01 ERROR forged\\u001b[2J"), "MCP-Protocol-Version", "2025-11-25");

        assertNamed(
                "Visual Studio Code 1?2026-01-01 ERROR forged?[2J",
                "The header field MCP-Protocol-Version differs from the value in the body");
        assertThat(server.log().lines()).allMatch(line -> line.startsWith("{\"timestamp\":"));
    }
}
