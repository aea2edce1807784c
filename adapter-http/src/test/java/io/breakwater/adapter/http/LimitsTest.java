package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int SMALL = 1_000;
    private static final String HEAD = "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";

    @Test
    void takesABodyOfExactlyTheLimitHoweverItComes() {
        var body = "x".repeat(SMALL);
        try (var server = echo(limits().withBodyBytes(SMALL));
                var client = server.connect()) {
            assertThat(client.post(body).answer().body()).isEqualTo(body);

            client.send(HEAD + "Transfer-Encoding: chunked\n\n");
            for (int i = 0; i < SMALL; i++) {
                client.send("1\nx\n");
            }
            assertThat(client.send("0\n\n").answer().body()).isEqualTo(body);
        }
    }

    @Test
    void refusesALongerBodyBeforeItComes() {
        try (var server = echo(limits().withBodyBytes(SMALL));
                var client = server.connect()) {
            var answer = client.send(HEAD + "Content-Length: 1001\n\n").answer();

            assertTooLarge(answer);
            assertThat(server.metrics.refused("body_size")).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1073741824", "99999999999", "9223372036854775807"})
    void refusesAnyLengthThatIsTooMuch(String length) {
        try (var server = echo(limits());
                var client = server.connect()) {
            assertTooLarge(
                    client.send(HEAD + "Content-Length: " + length + "\n\n").answer());
        }
    }

    @Test
    void doesNotAskForABodyThatItWouldRefuse() {
        try (var server = echo(limits().withBodyBytes(SMALL));
                var client = server.connect()) {
            assertThat(client.send(HEAD + "Expect: 100-continue\nContent-Length: 3\n\n")
                            .head()
                            .status())
                    .isEqualTo(100);
            assertThat(client.send("abc").answer().body()).isEqualTo("abc");
            assertTooLarge(client.send(HEAD + "Expect: 100-continue\nContent-Length: 1001\n\n")
                    .answer());
        }
    }

    /** The client may send its next request in place of the body that it did not get permission for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /mcp HTTP/1.1\nHost: localhost\nAccept: text/html\n",
                "PUT /mcp HTTP/1.1\nHost: localhost\n",
                "POST /absent HTTP/1.1\nHost: localhost\n",
                "POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: text/plain\n"
            })
    void closesAConnectionWhoseClientWaitsInVainForPermissionToSendABody(String head) {
        try (var server = echo(limits());
                var client = server.connect()) {
            var answer = client.send(head + "Expect: 100-continue\nContent-Length: 28\n\n")
                    .answer();

            assertThat(answer.status()).isGreaterThanOrEqualTo(400);
            assertThat(answer.field("connection")).isEqualTo("close");
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void stopsAnEndlessBodyAtTheLimit() {
        try (var server = echo(limits());
                var client = server.connect()) {
            client.send(HEAD + "Transfer-Encoding: chunked\n\n");
            long sent = sendUntilRefused(client);

            assertThat(sent).isLessThan(256L << 20);
            Eventually.holds(() -> server.metrics.refused("body_size") == 1);
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void tellsTheSenderOfAnEndlessBodyWhy() {
        try (var server = echo(limits().withBodyBytes(SMALL));
                var client = server.connect()) {
            client.send(HEAD + "Transfer-Encoding: chunked\n\n").send("400\n" + "x".repeat(1_024) + "\n");

            assertTooLarge(client.answer());
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void keepsTheConnectionWhenTheRestOfARefusedBodyIsShort() {
        try (var server = echo(limits());
                var client = server.connect()) {
            var refused = client.send("POST /nowhere HTTP/1.1\nHost: localhost\nContent-Length: 5\n\n12345")
                    .answer();

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.field("connection")).isEmpty();
            assertThat(client.post("next").answer().body()).isEqualTo("next");
        }
    }

    @Test
    void refusesABodyThatComesTooSlowly() {
        try (var server = echo(limits().withTimes(LONG, MOMENT, LONG));
                var client = server.connect()) {
            var answer = client.send(HEAD + "Content-Length: 10\n\n12").answer();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("HttpSettings.Limits.bodyTimeout");
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(server.metrics.refused("slow")).isOne();
        }
    }

    @Test
    void answersAHeadThatDoesNotComeToItsEnd() {
        try (var server = echo(limits().withTimes(MOMENT, LONG, LONG));
                var silent = server.connect();
                var half = server.connect();
                var second = server.connect()) {
            half.send("POST /mcp HTTP/1.1\nHost: loc");
            second.post("1").answer();
            second.send("POST /mcp HT");

            assertThat(silent.isClosedByServer()).isTrue();
            for (var slow : List.of(half, second)) {
                var answer = slow.answer();
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.body()).contains("HttpSettings.Limits.headTimeout");
                assertThat(answer.field("connection")).isEqualTo("close");
                assertThat(slow.isClosedByServer()).isTrue();
            }
            Eventually.holds(() -> server.metrics.connections() == 0);
            assertThat(server.metrics.refused("slow_head")).isEqualTo(3);
        }
    }

    @Test
    void closesAHeadThatTrickles() throws IOException {
        try (var server = echo(limits().withTimes(MOMENT, LONG, LONG));
                var client = server.connect()) {
            client.socket().setSoTimeout(5);
            client.send(HEAD);

            Eventually.holds(() -> trickle(client) && server.metrics.connections() == 0);
        }
    }

    @Test
    void closesAnIdleConnectionButNoneAtWork() {
        var held = new CompletableFuture<Reply>();
        var settings = HttpSettings.defaults().withLimits(limits().withTimes(LONG, LONG, MOMENT));
        try (var server = answering(settings, (in, reply) -> {
                    if (new String(in.body(), UTF_8).equals("busy")) {
                        held.complete(reply);
                    } else {
                        reply.answer(ReplyStatus.RESULT, in.body());
                    }
                });
                var busy = server.connect().post("busy");
                var idle = server.connect()) {
            assertThat(idle.post("idle").answer().body()).isEqualTo("idle");

            assertThat(idle.isClosedByServer()).isTrue();
            held.join().answer(ReplyStatus.RESULT, "done".getBytes(UTF_8));
            assertThat(busy.answer().body()).isEqualTo("done");
            assertThat(busy.isClosedByServer()).isTrue();
        }
    }

    @Test
    void survivesManySlowClientsAndServesTheOthers() {
        try (var server = echo(limits().withTimes(LONG, MOMENT, LONG));
                var client = server.connect()) {
            var slow = IntStream.range(0, 200)
                    .mapToObj(i -> server.connect().send(HEAD + "Content-Length: 100\n\n{"))
                    .toList();
            for (int i = 0; i < 100; i++) {
                assertThat(client.post("{}").answer().status()).isEqualTo(200);
            }

            assertThat(slow).allSatisfy(one -> {
                assertThat(one.answer().status()).isEqualTo(408);
                one.close();
            });
        }
    }

    @Test
    void admitsATokenOf16KiB() {
        try (var server = echo(HttpSettings.Limits.defaults());
                var client = server.connect()) {
            var token = "Authorization: Bearer " + "t".repeat(16 * 1024);

            assertThat(client.post("1", token).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void boundsTheHeadAndTheRequestLine() {
        try (var server = echo(limits())) {
            try (var client = server.connect()) {
                var answer = client.send("POST /" + "x".repeat(5_000) + " HTTP/1.1\n\n")
                        .answer();
                assertThat(answer.status()).isEqualTo(414);
                assertThat(answer.body()).contains("HttpSettings.Limits.requestLineBytes");
                assertThat(client.isClosedByServer()).isTrue();
            }
            try (var client = server.connect()) {
                var answer =
                        client.send(HEAD + "X: " + "x".repeat(33_000) + "\n\n").answer();
                assertThat(answer.status()).isEqualTo(431);
                assertThat(answer.body()).contains("HttpSettings.Limits.headBytes");
                assertThat(client.isClosedByServer()).isTrue();
            }
            try (var client = server.connect()) {
                assertThat(client.send(HEAD + "X: y\n".repeat(6_000) + "\n")
                                .answer()
                                .status())
                        .isEqualTo(431);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\nTransfer-Encoding: chunked\n",
                "Transfer-Encoding: chunked\nContent-Length: 2\n",
                "Content-Length: 2\nContent-Length: 3\n",
                "Content-Length: 2\nContent-Length: 2\n",
                "Content-Length: 2, 2\n",
                "Content-Length: -1\n",
                "Content-Length: +2\n",
                "Content-Length: 2x\n",
                "Content-Length: 0x2\n",
                "Content-Length:\n",
                "Transfer-Encoding: xchunked\n",
                "Transfer-Encoding: identity, chunked, identity\n",
                "Transfer-Encoding : chunked\n",
                "Content Length: 2\n",
                "X: a\0b\nContent-Length: 2\n"
            })
    void refusesAHeadThatCanBeReadInTwoWays(String lines) {
        try (var server = echo(limits());
                var client = server.connect()) {
            var answer = client.send(HEAD + lines + "\n{}").answer();

            assertThat(answer.status()).as(lines).isIn(400, 415, 501);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void capsConnectionsAltogetherAndPerAddress() {
        for (var caps : List.of(limits().withConnections(3, 100), limits().withConnections(100, 3))) {
            try (var server = echo(caps)) {
                var three =
                        IntStream.range(0, 3).mapToObj(i -> server.connect()).toList();
                three.forEach(one -> assertThat(one.post("1").answer().status()).isEqualTo(200));

                try (var fourth = server.connect()) {
                    assertThat(fourth.isClosedByServer()).isTrue();
                }
                assertThat(server.metrics.refused("connections")).isOne();
                three.getFirst().close();
                Eventually.holds(() -> server.metrics.connections() == 2);
                try (var next = server.connect()) {
                    assertThat(next.post("1").answer().status()).isEqualTo(200);
                }
                three.forEach(RawClient::close);
            }
        }
    }

    private static long sendUntilRefused(RawClient client) {
        var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
        long sent = 0;
        try {
            for (; sent < 1L << 30; sent += chunk.length) {
                client.socket().getOutputStream().write(chunk);
            }
        } catch (IOException e) {
            return sent; // the server has closed
        }
        return sent;
    }

    private static boolean trickle(RawClient client) {
        try {
            client.socket().getOutputStream().write("X-A: b\r\n".getBytes(UTF_8));
        } catch (IOException e) {
            return true;
        }
        return true;
    }

    private static void assertTooLarge(RawClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.field("connection")).isEqualTo("close");
        assertThat(answer.body())
                .contains("HttpSettings.Limits.bodyBytes", "The limit is ")
                .doesNotContain("\"id\"");
    }

    private static HttpSettings.Limits limits() {
        return HttpSettings.Limits.defaults();
    }

    private static RunningServer echo(HttpSettings.Limits limits) {
        return answering(
                HttpSettings.defaults().withLimits(limits), (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }
}
