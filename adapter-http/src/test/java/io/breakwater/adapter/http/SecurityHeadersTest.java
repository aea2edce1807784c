package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields that every response has for browsers. */
class SecurityHeadersTest {
    private static final HttpSettings ORIGINS = HttpSettings.defaults().withAllowedOrigins("https://app.example");

    private static RunningServer serving(HttpSettings settings) {
        return answering(settings, (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST /mcp HTTP/1.1~Host: localhost~Content-Type: application/json~Content-Length: 1~~1 | 200
                    POST /mcp HTTP/1.1~Host: localhost~Content-Type: text/plain~Content-Length: 1~~1       | 415
                    PUT /mcp HTTP/1.1~Host: localhost~~                                                    | 405
                    GET /elsewhere HTTP/1.1~Host: localhost~~                                              | 404
                    GET /mcp HTTP/1.1~Host: evil.example~~                                                 | 403
                    OPTIONS /mcp HTTP/1.1~Host: localhost~Origin: https://app.example~~                    | 200
                    GET /mcp HTTP/1.1~Host: localhost~ folded: line~~                                      | 400
                    GET /mcp HTTP/9.9~Host: localhost~~                                                    | 505""")
    void everyAnswerHasThem(String request, int status) {
        try (var server = serving(ORIGINS);
                var client = server.connect()) {
            var answer = client.send(request.replace('~', '\n')).answer();

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.field("referrer-policy")).isEqualTo("no-referrer");
            assertThat(answer.field("cache-control")).isEqualTo("no-store");
            assertThat(answer.field("strict-transport-security")).isEmpty();
        }
    }

    @Test
    void aSlowHeadGetsThemToo() {
        var quick = HttpSettings.defaults()
                .withLimits(HttpSettings.Limits.defaults()
                        .withTimes(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60)));
        try (var server = serving(quick);
                var client = server.connect()) {
            var answer = client.send("GET /mcp HTTP/1.1\nHost: loc").answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.field("x-content-type-options")).isEqualTo("nosniff");
        }
    }

    @Test
    void pagesOfAllowedOriginsReadTheSessionAndTheChallenge() {
        try (var server = serving(ORIGINS);
                var client = server.connect()) {
            var answer = client.post("1", "Origin: https://app.example").answer();

            assertThat(answer.field("access-control-allow-origin")).isEqualTo("https://app.example");
            assertThat(answer.field("access-control-expose-headers")).contains("WWW-Authenticate", "Mcp-Session-Id");
            assertThat(answer.field("vary")).isEqualToIgnoringCase("Origin");
        }
    }

    @Test
    void browsersStayWithHttpsIfTheSettingsSaySo(@TempDir Path folder) throws IOException {
        var pair = SelfSigned.number(1);
        var tls = new HttpSettings.Tls(
                folder.resolve("cert.pem"), folder.resolve("key.pem"), Duration.ofSeconds(10), Duration.ofDays(1));
        pair.writeTo(tls);
        try (var server = serving(HttpSettings.defaults().withTls(tls));
                var plain = server.connect();
                var secured = pair.trusted().getSocketFactory().createSocket(plain.socket(), "localhost", 443, true)) {
            secured.getOutputStream()
                    .write("GET /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(secured.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .containsIgnoringCase("strict-transport-security: max-age=86400\r\n");
        }
    }
}
