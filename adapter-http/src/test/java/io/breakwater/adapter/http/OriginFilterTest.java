package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose Host or Origin shows that a web page was lured into sending them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginFilterTest {
    private RunningServer server;

    @BeforeAll
    void start() {
        server = answering(
                HttpSettings.defaults()
                        .withAllowedHosts("mcp.example.com", "one.example.com:8443")
                        .withAllowedOrigins("https://app.example.com", "http://old.example.com:80", "app://desktop"),
                (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost",
                "localhost:1",
                "localhost:65535",
                "127.0.0.1",
                "127.0.0.1:8080",
                "[::1]",
                "[::1]:8080",
                "mcp.example.com",
                "MCP.example.com:443",
                "one.example.com:8443"
            })
    void answersToItsNames(String host) {
        assertThat(post("Host: " + host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evillocalhost",
                "localhost:99999",
                "localhost:",
                "localhost:+80",
                "localhost:80:80",
                "LOCALHOST.",
                "localhost, evil.example",
                "localhost evil.example",
                "user@localhost",
                "localhost/",
                "localhost#",
                "127.0.0.1.evil.example",
                "127.1",
                "2130706433",
                "0.0.0.0",
                "[::ffff:127.0.0.1]",
                "[::1",
                "::1",
                "[]",
                "[::1]evil",
                ".localhost",
                "",
                "one.example.com",
                "one.example.com:8444",
                "sub.mcp.example.com",
                "mcp.example.com.evil.example"
            })
    void answersToNoOtherName(String host) {
        var answer = post("Host: " + host);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("HttpSettings.allowedHosts").doesNotContain("\"id\"");
    }

    @Test
    void wantsExactlyOneName() {
        assertThat(send("").status()).isEqualTo(403);
        assertThat(send("Host: localhost\nHost: localhost\n").status()).isIn(400, 403);
        assertThat(send("Host: localhost\nHost: evil.example\n").status()).isIn(400, 403);
        assertThat(send("Host: evil.example\nHost: localhost\n").status()).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://localhost:3000",
                "https://localhost:3000",
                "HTTP://LocalHost:3000",
                "http://127.0.0.1:6274",
                "http://[::1]:5173",
                "https://app.example.com",
                "https://app.example.com:443",
                "http://old.example.com",
                "app://desktop"
            })
    void letsPagesOfThisMachineAndTheAllowedOnesCall(String origin) {
        var answer = post("Host: localhost", "Origin: " + origin);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("access-control-allow-origin")).isEqualTo(origin);
        assertThat(answer.field("access-control-expose-headers")).contains("Mcp-Session-Id");
        assertThat(answer.field("vary")).containsIgnoringCase("origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://evil.example",
                "http://localhost@evil.example",
                "http://evil.example@localhost",
                "http://localhost.evil.example",
                "http://localhost:99999",
                "http://localhost/",
                "http://localhost?",
                "http://localhost, https://evil.example",
                "http://localhost https://evil.example",
                "http://localhost.",
                "localhost",
                "://localhost",
                "http:/localhost",
                "file://localhost",
                "http://[::ffff:127.0.0.1]",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://sub.app.example.com",
                "app://desktop.evil",
                ""
            })
    void letsNoOtherPageCall(String origin) {
        var answer = post("Host: localhost", "Origin: " + origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("HttpSettings.allowedOrigins").doesNotContain("\"id\"");
        assertThat(answer.field("access-control-allow-origin")).isEmpty();
    }

    @Test
    void wantsAtMostOneOrigin() {
        assertThat(post("Host: localhost", "Origin: http://localhost", "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(post("Host: localhost", "Origin: http://localhost", "Origin: http://localhost")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void guardsEveryMethodAndPath() {
        for (var line : new String[] {
            "GET /mcp", "DELETE /mcp", "OPTIONS /mcp", "PUT /mcp", "GET /nothing", "POST /mcp?x=1", "OPTIONS *"
        }) {
            try (var client = server.connect()) {
                var answer =
                        client.send(line + " HTTP/1.1\nHost: evil.example\n\n").answer();
                assertThat(answer.status()).as(line).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "HTTP://127.0.0.1:8080",
                "https://mcp.example.com",
                "http://one.example.com:8443",
                "http://[::1]:9"
            })
    void servesATargetThatNamesIt(String origin) {
        assertThat(sendTo(origin + "/mcp").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/mcp",
                "http://localhost.evil.example/mcp",
                "http://localhost@evil.example/mcp",
                "http://one.example.com/mcp",
                "http://evil.example?/mcp",
                "ftp://localhost/mcp",
                "http:///mcp",
                "evil://localhost/mcp"
            })
    void isTheWrongServerForATargetThatNamesAnother(String target) {
        var answer = sendTo(target);

        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.body()).contains("another server").doesNotContain("\"id\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost?x=/mcp", "http://localhost#/mcp", "http://localhost?/mcp", "mcp", "mcp?/mcp"})
    void refusesATargetInWhichTwoParsersFindDifferentPaths(String target) {
        assertThat(sendTo(target).status()).isEqualTo(400);
    }

    @Test
    void acceptsNoConnect() {
        try (var client = server.connect()) {
            assertThat(client.send("CONNECT localhost:80 HTTP/1.1\nHost: localhost\n\n")
                            .answer()
                            .status())
                    .isEqualTo(405);
        }
    }

    private RawClient.Answer sendTo(String target) {
        try (var client = server.connect()) {
            return client.send("POST " + target + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                            + "Content-Length: 2\n\n{}")
                    .answer();
        }
    }

    @Test
    void answersAPreflightOfAnAllowedOriginOnly() {
        try (var client = server.connect()) {
            var answer = client.send("""
                            OPTIONS /mcp HTTP/1.1
                            Host: localhost
                            Origin: https://app.example.com
                            Access-Control-Request-Method: POST
                            Access-Control-Request-Headers: content-type,mcp-param-region

                            """).answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("access-control-allow-origin")).isEqualTo("https://app.example.com");
            assertThat(answer.field("access-control-allow-methods")).contains("POST", "GET", "DELETE");
            assertThat(answer.field("access-control-allow-headers")).contains("mcp-param-region");
            assertThat(client.send("OPTIONS /mcp HTTP/1.1\nHost: localhost\nOrigin: https://evil.example\n\n")
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(client.send("OPTIONS /mcp HTTP/1.1\nHost: localhost\n\n")
                            .answer()
                            .status())
                    .isEqualTo(405);
        }
    }

    @Test
    void trustsLocalOriginsOnlyWhileTheServerIsNotExposed() {
        var exposed = HttpSettings.defaults().withHost("0.0.0.0").withAnonymous(true);
        try (var open = answering(exposed, (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
                var client = open.connect()) {
            assertThat(client.post("1", "Origin: http://localhost:3000")
                            .answer()
                            .status())
                    .isEqualTo(403);
        }
    }

    private RawClient.Answer post(String... lines) {
        return send(String.join("\n", lines) + "\n");
    }

    private RawClient.Answer send(String lines) {
        try (var client = server.connect()) {
            return client.send(
                            "POST /mcp HTTP/1.1\n" + lines + "Content-Type: application/json\nContent-Length: 2\n\n{}")
                    .answer();
        }
    }
}
