package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener for the PROXY protocol. The proxy is 127.0.0.1. */
class ProxyProtocolTest {
    /** Version 2: the signature, then version and command, family and transport, length, addresses. */
    private static final String V2 = "0d0a0d0a000d0a515549540a";

    private static final String V4_ADDRESSES = "c0000207" + "7f000001" + "1267" + "1f90"; // from 192.0.2.7
    private static final String V6_ADDRESSES = "20010db8000000000000000000000007" + "00000000000000000000000000000001"
            + "1267" + "1f90"; // from 2001:db8::7

    private static final HttpSettings SETTINGS = HttpSettings.defaults()
            .withProxies(HttpSettings.Proxies.trusting(List.of("127.0.0.1", "10.0.0.0/8")))
            .withProxyProtocol(new HttpSettings.ProxyProtocol("127.0.0.1", 0));

    private static RunningServer serving(HttpSettings settings) {
        return RunningServer.answering(settings, ProxyProtocolTest::tellPeer);
    }

    private static void tellPeer(IncomingMessage in, Reply reply) {
        reply.answer(ReplyStatus.RESULT, in.peer().address().getBytes(UTF_8));
    }

    private static RawClient connect(RunningServer server) {
        return new RawClient("127.0.0.1", server.transport.proxiedPort());
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080, 192.0.2.7",
        "PROXY TCP6 2001:db8::7 ::1 4711 8080, 2001:db8:0:0:0:0:0:7",
        "PROXY TCP6 ::ffff:192.0.2.7 ::1 4711 8080, 192.0.2.7",
        "PROXY UNKNOWN, 127.0.0.1",
        "PROXY UNKNOWN 192.0.2.7 127.0.0.1 4711 8080, 127.0.0.1",
    })
    void readsVersion1(String line, String caller) {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            assertThat(client.send(line + "\n").post("1").answer().body()).isEqualTo(caller);
            assertThat(client.post("2").answer().body()).isEqualTo(caller);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2111000c" + V4_ADDRESSES + ", 192.0.2.7",
        "21210024" + V6_ADDRESSES + ", 2001:db8:0:0:0:0:0:7",
        "21110013" + V4_ADDRESSES + "04000461626364" + ", 192.0.2.7", // with an extension
        "2112000c" + V4_ADDRESSES + ", 192.0.2.7", // datagrams
        "2011000c" + V4_ADDRESSES + ", 127.0.0.1", // LOCAL
        "20000000, 127.0.0.1", // LOCAL
        "21000000, 127.0.0.1", // UNSPEC
    })
    void readsVersion2(String header, String caller) {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            assertThat(client.sendBytes(bytes(V2 + header)).post("1").answer().body())
                    .isEqualTo(caller);
        }
    }

    @Test
    void theCallerOfADomainSocketIsTheProxy() {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            var socket = "2f72756e2f6100" + "00".repeat(101); // /run/a
            assertThat(client.sendBytes(bytes(V2 + "213100d8" + socket + socket))
                            .post("1")
                            .answer()
                            .body())
                    .isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /mcp HTTP/1.1\nHost: localhost\n\n",
                "proxy TCP4 192.0.2.7 127.0.0.1 4711 8080\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711 99999\n",
                "PROXY TCP4 2001:db8::7 ::1 4711 8080\n",
                "PROXY TCP6 192.0.2.7 127.0.0.1 4711 8080\n",
                "PROXY TCP4 192.0.2.256 127.0.0.1 4711 8080\n",
                "PROXY TCP4 192.0.2.07 127.0.0.1 4711 8080\n",
                "PROXY TCP4 localhost 127.0.0.1 4711 8080\n",
                "PROXY SCTP 192.0.2.7 127.0.0.1 4711 8080\n",
                "PROXY  TCP4 192.0.2.7 127.0.0.1 4711 8080\n",
                "PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080 extra and more\n",
                "PRI * HTTP/2.0\n\nSM\n\n"
            })
    void closesAConnectionWithAForgedLine(String line) {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            client.send(line);

            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.refused("proxy_header") == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3111000c" + V4_ADDRESSES, // version 3
                "2211000c" + V4_ADDRESSES, // an unknown command
                "2141000c" + V4_ADDRESSES, // an unknown family
                "2113000c" + V4_ADDRESSES, // an unknown transport
                "21110004" + "c0000207", // too short
                "21210010" + V6_ADDRESSES, // too short for its family
                "2111ffff" + V4_ADDRESSES, // too long, see below
            })
    void closesAConnectionWithAForgedHeader(String header) {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            client.sendBytes(bytes(V2 + header + "00".repeat(5_000)));

            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.refused("proxy_header") == 1);
        }
    }

    @Test
    void closesAConnectionWithAnEndlessLine() {
        try (var server = serving(SETTINGS);
                var client = connect(server)) {
            client.sendBytes(("PROXY TCP4 " + "1".repeat(200)).getBytes(US_ASCII));

            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.refused("proxy_header") == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PROXY ", "PROXY TCP4 192.0.2.7 127.0.0.1 4711 80"})
    void closesAConnectionWhoseHeaderDoesNotArriveInTime(String start) {
        var quick = SETTINGS.withLimits(HttpSettings.Limits.defaults()
                .withTimes(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(60)));
        try (var server = serving(quick);
                var client = connect(server)) {
            client.sendBytes(start.getBytes(US_ASCII));

            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.refused("slow_head") == 1);
        }
    }

    @Test
    void closesTheConnectionsOfOthersAtOnce() {
        var others = SETTINGS.withProxies(HttpSettings.Proxies.trusting(List.of("10.0.0.0/8")));
        try (var server = serving(others);
                var client = connect(server)) {
            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.refused("proxy_header") == 1);
        }
    }

    @Test
    void theOtherListenerDoesNotAcceptAHeader() {
        try (var server = serving(SETTINGS);
                var client = server.connect()) {
            client.send("PROXY TCP4 192.0.2.7 127.0.0.1 4711 8080\n").post("1");

            assertThat(client.answer().status()).isIn(400, 505);
        }
    }

    @Test
    void limitsTheConnectionsOfEachCaller() {
        var few = SETTINGS.withLimits(HttpSettings.Limits.defaults().withConnections(10, 1));
        try (var server = serving(few);
                var first = connect(server);
                var second = connect(server);
                var third = connect(server)) {
            assertThat(first.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n")
                            .post("1")
                            .answer()
                            .body())
                    .isEqualTo("192.0.2.7");
            second.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n");
            assertThat(second.isClosedByServer()).isTrue();
            assertThat(third.send("PROXY TCP4 192.0.2.8 127.0.0.1 1 2\n")
                            .post("1")
                            .answer()
                            .body())
                    .isEqualTo("192.0.2.8");
            assertThat(server.metrics.refused("connections")).isEqualTo(1);
        }
    }

    @Test
    void countsEachConnectionOnceUntilItIsClosed() {
        try (var server = serving(SETTINGS)) {
            for (int i = 0; i < 3; i++) {
                try (var client = connect(server)) {
                    client.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n")
                            .post("1")
                            .answer();
                    assertThat(server.metrics.connections()).isPositive();
                }
            }
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void countsTheMemoryForTheCaller() {
        var memory = new MemoryBudget(1_000_000, 0.5);
        try (var server = RunningServer.within(memory, SETTINGS, ProxyProtocolTest::tellPeer);
                var first = connect(server);
                var second = connect(server)) {
            first.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n").post("1").answer();
            second.send("PROXY TCP4 192.0.2.8 127.0.0.1 1 2\n").post("1").answer();

            assertThat(memory.callers()).isEqualTo(2);
        }
        Eventually.holds(() -> memory.callers() == 0);
    }

    @Test
    void aForwardingFieldCountsOnlyIfTheNamedCallerIsAProxyToo() {
        try (var server = serving(SETTINGS);
                var direct = connect(server);
                var chained = connect(server)) {
            assertThat(direct.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n")
                            .post("1", "X-Forwarded-For: 198.51.100.9")
                            .answer()
                            .body())
                    .isEqualTo("192.0.2.7");
            assertThat(chained.send("PROXY TCP4 10.1.2.3 127.0.0.1 1 2\n")
                            .post("1", "X-Forwarded-For: 198.51.100.9")
                            .answer()
                            .body())
                    .isEqualTo("198.51.100.9");
        }
    }

    @Test
    void tlsFollowsTheHeader(@TempDir Path folder) throws IOException {
        var pair = SelfSigned.number(1);
        var tls = HttpSettings.Tls.of(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        pair.writeTo(tls);
        try (var server = serving(SETTINGS.withTls(tls));
                var plain = connect(server)) {
            plain.send("PROXY TCP4 192.0.2.7 127.0.0.1 1 2\n");
            try (var secured = pair.trusted().getSocketFactory().createSocket(plain.socket(), "localhost", 443, true)) {
                var request = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Connection: close\r\nContent-Length: 1\r\n\r\n1";
                secured.getOutputStream().write(request.getBytes(US_ASCII));

                assertThat(new String(secured.getInputStream().readAllBytes(), US_ASCII))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("192.0.2.7");
            }
        }
    }
}
