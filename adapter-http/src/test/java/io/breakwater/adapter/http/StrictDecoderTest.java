package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads and bodies whose framing is broken, or that two readers could take apart in two ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictDecoderTest {
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\n\n";
    private static final String BODY = "Content-Length: 2\n\n{}";

    private RunningServer server;

    @BeforeAll
    void start() {
        server = answering((in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\n{}\n0\n\n",
                "-2\n{}\n0\n\n",
                "0x2\n{}\n0\n\n",
                "\n{}\n0\n\n",
                "FFFFFFFFFFFFFFFFFF\n{}\n0\n\n",
                "2\n{}}}}}\n0\n\n",
                "5\n{}\n0\n\n",
                "2\n{}\n0\n: no name\n\n"
            })
    void answersABodyWhoseChunksAreBroken(String chunks) {
        try (var client = server.connect()) {
            var answer = client.send(CHUNKED + chunks).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("chunks");
            assertThat(answer.field("connection")).isEqualTo("close");
        }
    }

    @Test
    void answersTheRequestBeforeABrokenOne() {
        try (var client = server.connect()) {
            client.send(HEAD + BODY + CHUNKED + "2\n{}\n0\nX-Trailer: 1\n\n" + CHUNKED + "zz\n");

            assertThat(client.answer().body()).isEqualTo("{}");
            assertThat(client.answer().body()).isEqualTo("{}");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void endsAConnectionWhoseUnwantedBodyIsBroken() {
        try (var client = server.connect()) {
            client.send("GET /nowhere HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nzz\n");

            assertThat(client.answer().status()).isEqualTo(404);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A: a\n b\n", "X-A: a\n\tb\n", " X-A: a\n", "X-A:\n a\n", "X-A: a\n \n"})
    void refusesAFoldedHeaderLine(String lines) {
        assertMalformed(HEAD + lines + BODY);
    }

    @Test
    void refusesALineThatIsFoldedBeforeTheFirstField() {
        assertMalformed("POST /mcp HTTP/1.1\n Host: localhost\n" + BODY);
    }

    @Test
    void refusesAFoldThatComesByteByByte() {
        try (var client = server.connect()) {
            sendByteByByte(client, HEAD + "X-A: a\n b\n" + BODY);

            assertThat(client.answer().status()).isEqualTo(400);
        }
    }

    /** Stops when the server has closed the connection, which it may do before the last byte. */
    private static void sendByteByByte(RawClient client, String message) {
        try {
            for (byte one : message.replace("\n", "\r\n").getBytes(UTF_8)) {
                client.sendBytes(new byte[] {one});
            }
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasRootCauseInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {": x\n", ":\n", "no colon\n"})
    void rejectsAHeaderFieldWithoutAName(String line) {
        assertMalformed(HEAD + line + BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip", "identity", "xchunked", "chunked, gzip", "CHUNKED,br"})
    void doesNotImplementOtherTransferCodings(String codings) {
        try (var client = server.connect()) {
            var answer = client.send(HEAD + "Transfer-Encoding: " + codings + "\n\n2\n{}\n0\n\n")
                    .answer();

            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.body()).contains("transfer coding");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"chunked, chunked", "chunked\nTransfer-Encoding: chunked", "", "chunked\nContent-Length: 2"})
    void refusesATransferEncodingThatCanBeReadInTwoWays(String codings) {
        assertMalformed(HEAD + "Transfer-Encoding: " + codings + "\n\n2\n{}\n0\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2\n{}\n0\n\n", "2;name=value\n{}\n0\n\n", "1\n{\n1\n}\n0\n\n", "2\n{}\n0\nX-Trailer: 1\n\n"})
    void takesSoundChunks(String chunks) {
        try (var client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.send(CHUNKED + chunks).answer().body()).isEqualTo("{}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " POST /mcp HTTP/1.1",
                "POST  /mcp HTTP/1.1",
                "POST\t/mcp HTTP/1.1",
                "POST /mcp\rHTTP/1.1",
                "POST /mcp\u000bHTTP/1.1",
                "POST /mcp HTTP/1.1 ",
                "POST /mcp http/1.1",
                "POST /mcp",
                "POST /mcp HTTP/1.1x"
            })
    void refusesARequestLineThatIsNotWellFormed(String line) {
        try (var client = server.connect()) {
            var answer =
                    client.send(HEAD.replace("POST /mcp HTTP/1.1", line) + BODY).answer();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("jsonrpc", "400");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9"})
    void namesTheVersionsThatItServes(String version) {
        try (var client = server.connect()) {
            var answer = client.send(HEAD.replace("HTTP/1.1", version) + BODY).answer();

            assertThat(answer.status()).isEqualTo(505);
            assertThat(answer.body()).contains("HTTP/1.1", "HTTP/2");
        }
    }

    @Test
    void takesEmptyLinesBeforeARequest() {
        try (var client = server.connect()) {
            assertThat(client.send("\n\n" + HEAD + BODY).answer().body()).isEqualTo("{}");
            assertThat(client.send("\n" + HEAD + BODY).answer().body()).isEqualTo("{}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\nHTTP2-Settings: AAMAAABkAAQAAP__\n",
                "HTTP2-Settings: ?\n",
                ""
            })
    void ignoresARequestToGoOnInHttp2(String settings) {
        try (var client = server.connect()) {
            assertThat(client.send(HEAD + "Upgrade: h2c\n" + settings + BODY)
                            .answer()
                            .body())
                    .isEqualTo("{}");
            assertThat(client.send(HEAD + "Upgrade: h2c\n" + settings + "Transfer-Encoding: gzip\n\n")
                            .answer()
                            .status())
                    .isEqualTo(501);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/json; charset=utf-16"})
    void refusesASecondContentType(String second) {
        try (var client = server.connect()) {
            assertThat(client.send(HEAD + "Content-Type: " + second + "\n" + BODY)
                            .answer()
                            .status())
                    .isEqualTo(415);
        }
    }

    @Test
    void takesManyRequestsThatComeAtOnce() {
        try (var client = server.connect()) {
            client.send((HEAD + BODY).repeat(20));
            var bodies = new ArrayList<String>();
            for (int i = 0; i < 20; i++) {
                bodies.add(client.answer().body());
            }

            assertThat(bodies).containsOnly("{}").hasSize(20);
        }
    }

    @Test
    void takesABodyWhoseLinesBeginWithBlanks() {
        var body = "{\n \"a\": 1,\n\t\"b\": 2\n}".replace("\n", "\r\n");
        try (var client = server.connect()) {
            assertThat(client.sendBytes((HEAD + "Content-Length: " + body.length() + "\n\n")
                                    .replace("\n", "\r\n")
                                    .concat(body)
                                    .repeat(2)
                                    .getBytes(UTF_8))
                            .answer()
                            .body())
                    .isEqualTo(body);
            assertThat(client.answer().body()).isEqualTo(body);
        }
    }

    private void assertMalformed(String request) {
        try (var client = server.connect()) {
            assertThat(client.send(request).answer().status()).isEqualTo(400);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
