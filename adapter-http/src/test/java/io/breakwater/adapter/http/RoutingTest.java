package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {
    private static final ReplyStatus TOO_MANY = new ReplyStatus.TooMany(Duration.ofSeconds(1));

    @Test
    void hasAnEndpointForEachOfThreeMethods() {
        try (var server = answering((in, reply) -> {});
                var client = server.connect()) {
            server.endpoint
                    .onMessage((in, reply) -> reply.answer(ReplyStatus.RESULT, bytes("message")))
                    .onListen((in, reply) -> reply.answer(ReplyStatus.NOT_ALLOWED, bytes("listen")));

            assertThat(client.post("{}").answer().body()).isEqualTo("message");
            assertThat(client.get("/mcp").answer().body()).isEqualTo("listen");
            assertThat(client.send("DELETE /mcp HTTP/1.1\nHost: localhost\n\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesOtherMethodsAndPaths() {
        try (var server = answering((in, reply) -> {});
                var client = server.connect()) {
            for (var method : new String[] {"PUT", "PATCH", "TRACE", "BREW"}) {
                var answer = client.send(method + " /mcp HTTP/1.1\nHost: localhost\n\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(405);
                assertThat(answer.field("allow")).isEqualTo("POST, GET, DELETE");
            }
            for (var path : new String[] {"/", "/mcp/", "/mcpx", "/%6dcp", "/health", "//mcp"}) {
                var answer = client.get(path).answer();
                assertThat(answer.status()).as(path).isEqualTo(404);
                assertThat(answer.body()).contains("HttpSettings.path");
            }
        }
    }

    @Test
    void servesAnotherPathWhenToldSo() {
        try (var server = answering(
                        HttpSettings.defaults().withPath("/tools"),
                        (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            assertThat(client.send("POST /tools?a=b HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                                    + "Content-Length: 2\n\n{}")
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(client.post("{}").answer().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; charset=US-ASCII",
                "application/json;x"
            })
    void takesJson(String type) {
        assertThat(postAs("Content-Type: " + type + "\n").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\n",
                "Content-Type: application/jsonx\n",
                "Content-Type: application/json; charset=utf-16\n",
                "Content-Type: application/json;x;Charset=\"UTF-32\"\n",
                "Content-Type: application/json; charset=iso-8859-1\n",
                "Content-Type: application/x-www-form-urlencoded\n",
                "Content-Type: multipart/form-data; boundary=application/json\n",
                "Content-Type: application/json\nContent-Encoding: gzip\n"
            })
    void takesNothingElse(String lines) {
        assertThat(postAs(lines).status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "application/json, text/event-stream",
                "Text/Event-Stream;q=0.5",
                "*/*",
                "application/json,text/*"
            })
    void listensWhereEventsAreAccepted(String accept) {
        try (var server = answering((in, reply) -> reply.answer(TOO_MANY, null));
                var client = server.connect()) {
            assertThat(client.get("/mcp", "Accept: " + accept).answer().status())
                    .isEqualTo(429);
        }
    }

    @Test
    void doesNotListenWhereEventsAreExcluded() {
        try (var server = answering((in, reply) -> reply.answer(TOO_MANY, null));
                var client = server.connect()) {
            assertThat(client.get("/mcp", "Accept: application/json").answer().status())
                    .isEqualTo(406);
        }
    }

    @Test
    void givesTheEndpointHeaderFieldsAndTheRemotePeer() {
        var seen = new AtomicReference<IncomingMessage>();
        try (var server = answering((in, reply) -> {
                    seen.set(in);
                    reply.answer(ReplyStatus.ACCEPTED, null);
                });
                var client = server.connect()) {
            client.post("{}", "Mcp-Session-Id:   abc  ", "X-Two: 1", "x-two: 2").answer();

            var fields = seen.get().fields();
            assertThat(fields.first("mcp-session-id")).isEqualTo("abc");
            assertThat(fields.all("X-TWO")).containsExactly("1", "2");
            assertThat(fields.first("X-TWO")).isEqualTo("1");
            assertThat(fields.first("absent")).isNull();
            assertThat(fields.all("absent")).isEmpty();
            assertThat(seen.get().peer().address()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void servesThePagesItIsHanded() {
        var page = new HttpResource(
                "/report",
                HttpResource.Listener.PUBLIC,
                HttpResource.Access.PUBLIC,
                request -> CompletableFuture.supplyAsync(() -> new HttpResource.Response(
                        202,
                        "text/plain",
                        Map.of("X-Mark", "yes"),
                        bytes(request.method() + " " + request.query() + " "
                                + request.fields().first("x-in")))));
        try (var server = serving(page);
                var client = server.connect()) {
            var answer = client.get("/report?a=1", "X-In: in").answer();

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("GET a=1 in");
            assertThat(answer.field("content-type")).isEqualTo("text/plain");
            assertThat(answer.field("x-mark")).isEqualTo("yes");
            assertThat(client.send("HEAD /report HTTP/1.1\nHost: localhost\n\n")
                            .head()
                            .field("content-length"))
                    .isEqualTo("" + "HEAD  null".length());
            var refused = client.send("POST /report HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n")
                    .answer();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.field("allow")).isEqualTo("GET, HEAD");
            assertThat(client.get("/report", "Host: evil.example").answer().status())
                    .isIn(400, 403);
        }
    }

    @Test
    void letsProbesUseAnyNameButNoPage() {
        try (var server = serving(plain("/live", HttpResource.Listener.PUBLIC, HttpResource.Access.PROBE));
                var client = server.connect()) {
            assertThat(client.send("GET /live HTTP/1.1\nHost: 10.1.2.3:8080\n\n")
                            .answer()
                            .body())
                    .isEqualTo("/live");
            assertThat(client.get("/live", "Origin: http://localhost").answer().status())
                    .isEqualTo(403);
        }
    }

    @Test
    void keepsManagementPagesOffThePublicListener() {
        try (var server = serving(plain("/metrics", HttpResource.Listener.MANAGEMENT, HttpResource.Access.PUBLIC));
                var client = server.connect()) {
            assertThat(client.get("/metrics").answer().status()).isEqualTo(404);
        }
    }

    @Test
    void answersForAPageThatFails() {
        var broken = new HttpResource(
                "/broken",
                HttpResource.Listener.PUBLIC,
                HttpResource.Access.PUBLIC,
                request -> CompletableFuture.failedFuture(new IllegalStateException("inner detail")));
        try (var server = serving(broken);
                var client = server.connect()) {
            var answer = client.get("/broken").answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("inner detail");
        }
    }

    @Test
    void answersForAnEndpointThatThrows() {
        try (var server = answering((in, reply) -> {
                    throw new IllegalStateException("inner detail");
                });
                var client = server.connect()) {
            var answer = client.post("{}").answer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("inner detail");
        }
    }

    private static RawClient.Answer postAs(String lines) {
        try (var server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = server.connect()) {
            return client.send("POST /mcp HTTP/1.1\nHost: localhost\n" + lines + "Content-Length: 2\n\n{}")
                    .answer();
        }
    }

    private static RunningServer serving(HttpResource page) {
        return new RunningServer(HttpSettings.defaults().withPort(0), List.of(page), (in, reply) -> {});
    }

    private static HttpResource plain(String path, HttpResource.Listener listener, HttpResource.Access access) {
        var answer = new HttpResource.Response(200, "text/plain", Map.of(), bytes(path));
        return new HttpResource(path, listener, access, request -> CompletableFuture.completedFuture(answer));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
