package io.breakwater.adapter.http;

import static io.breakwater.adapter.http.RunningServer.answering;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Version.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void servesBothVersions(Version version) throws Exception {
        var pair = SelfSigned.number(1);
        pair.writeTo(tls());
        try (var server = serving()) {
            var answer = ask(server, pair, version);

            assertThat(server.transport.address()).startsWith("https://127.0.0.1:");
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("{}");
        }
    }

    @Test
    void closesAClientThatDoesNotShakeHands() {
        SelfSigned.number(1).writeTo(tls());
        var limits = HttpSettings.Limits.defaults()
                .withTimes(Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (var server = answering(HttpSettings.defaults().withTls(tls()).withLimits(limits), (in, reply) -> {});
                var client = server.connect()) {
            assertThat(client.isClosedByServer()).isTrue();
            Eventually.holds(() -> server.metrics.connections() == 0);
        }
    }

    @Test
    void limitsTheHandshakesInProgressOfAnAddress() {
        SelfSigned.number(1).writeTo(tls());
        var settings = HttpSettings.defaults()
                .withTls(tls())
                .withLimits(HttpSettings.Limits.defaults().withHandshakes(1, Duration.ofMinutes(1)));
        try (var server = answering(settings, (in, reply) -> {})) {
            try (var first = server.connect();
                    var second = server.connect()) {
                assertThat(second.isClosedByServer()).isTrue();
                assertThat(server.metrics.refused("handshakes")).isEqualTo(1);
                assertThat(first.socket().isConnected()).isTrue();
            }
            Eventually.holds(() -> server.metrics.connections() == 0);
            try (var third = server.connect()) {
                assertThat(third.socket().isConnected()).isTrue();
                Eventually.holds(() -> server.metrics.connections() == 1);
                assertThat(server.metrics.refused("handshakes")).isEqualTo(1);
            }
        }
    }

    @Test
    void aCompleteHandshakeIsNoLongerInProgress() throws Exception {
        var pair = SelfSigned.number(1);
        pair.writeTo(tls());
        var settings = HttpSettings.defaults()
                .withTls(tls())
                .withLimits(HttpSettings.Limits.defaults().withHandshakes(1, Duration.ofMinutes(1)));
        try (var server = answering(settings, (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()))) {
            for (var version : Version.values()) {
                if (version == Version.HTTP_1_1 || version == Version.HTTP_2) {
                    assertThat(ask(server, pair, version).statusCode()).isEqualTo(200);
                }
            }
            assertThat(server.metrics.refused("handshakes")).isZero();
        }
    }

    @Test
    void closesAHandshakeThatTakesTooLong() {
        SelfSigned.number(1).writeTo(tls());
        var limits = HttpSettings.Limits.defaults().withHandshakes(10, Duration.ofMillis(200));
        try (var server = answering(HttpSettings.defaults().withTls(tls()).withLimits(limits), (in, reply) -> {});
                var client = server.connect()) {
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void tellsAClientWithoutTlsWhatIsSpokenHere() {
        SelfSigned.number(1).writeTo(tls());
        try (var server = serving()) {
            for (var request : new String[] {"GET /mcp HTTP/1.1\nHost: localhost\n\n", "POST /mc"}) {
                try (var client = server.connect()) {
                    var answer = client.send(request).answer();

                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.body()).contains("https://").doesNotContain("\"id\"");
                    assertThat(answer.field("connection")).isEqualTo("close");
                }
            }
            assertThat(server.metrics.refused("plain_http")).isEqualTo(2);
        }
    }

    @Test
    void answersASlowHeadThroughTls() {
        var pair = SelfSigned.number(1);
        pair.writeTo(tls());
        var limits = HttpSettings.Limits.defaults()
                .withTimes(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (var server = answering(HttpSettings.defaults().withTls(tls()).withLimits(limits), (in, reply) -> {})) {
            // On a busy machine the handshake itself may take longer than a head may.
            Eventually.holds(() -> "HTTP/1.1 408".equals(answerToHalfAHead(server, pair)));
        }
    }

    private static String answerToHalfAHead(RunningServer server, SelfSigned pair) {
        try (var client = pair.trusted().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            client.getOutputStream().write("POST /mcp HTTP/1.1\r\nHo".getBytes(US_ASCII));
            return new String(client.getInputStream().readNBytes(12), US_ASCII);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void readsTheCertificateAgainWhenItChanges() throws Exception {
        var old = SelfSigned.number(1);
        var fresh = SelfSigned.number(2);
        old.writeTo(tls());
        try (var server = serving()) {
            assertThat(served(ask(server, old, Version.HTTP_2))).isEqualTo(old.certificate());

            fresh.writeTo(tls());

            Eventually.holds(() -> canBeAsked(server, fresh));
            assertThat(served(ask(server, fresh, Version.HTTP_2))).isEqualTo(fresh.certificate());
        }
    }

    @Test
    @CoversOutage("TLS: certificate files not valid after a change")
    void keepsTheOldCertificateWhenTheNewOneIsUseless() throws Exception {
        var good = SelfSigned.number(1);
        var next = SelfSigned.number(2);
        good.writeTo(tls());
        try (var server = serving()) {
            Files.writeString(tls().certificate(), "no certificate");
            for (int i = 0; i < 5; i++) {
                assertThat(ask(server, good, Version.HTTP_1_1).body()).isEqualTo("{}");
            }

            next.writeTo(tls());

            Eventually.holds(() -> canBeAsked(server, next));
        }
    }

    private HttpSettings.Tls tls() {
        return new HttpSettings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"), Duration.ofMillis(20), null);
    }

    private RunningServer serving() {
        return answering(
                HttpSettings.defaults().withTls(tls()), (in, reply) -> reply.answer(ReplyStatus.RESULT, in.body()));
    }

    private static boolean canBeAsked(RunningServer server, SelfSigned trusted) {
        try {
            return ask(server, trusted, Version.HTTP_2).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> ask(RunningServer server, SelfSigned trusted, Version version)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .sslContext(trusted.trusted())
                .version(version)
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.transport.address()))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static java.security.cert.Certificate served(HttpResponse<?> answer) throws IOException {
        SSLSession session = answer.sslSession().orElseThrow();
        return session.getPeerCertificates()[0];
    }
}
