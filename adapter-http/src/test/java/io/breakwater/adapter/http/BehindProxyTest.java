package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server behind real proxies, nginx and HAProxy. They connect from 127.0.0.1, which the server trusts; the client is
 * 127.0.0.2, which it does not trust.
 */
@Tag("server")
@Tag("debian")
class BehindProxyTest {
    private static final String CLIENT = "127.0.0.2";
    private static final HttpSettings SETTINGS = HttpSettings.defaults()
            .withAllowedHosts("mcp.example")
            .withProxies(HttpSettings.Proxies.trusting(List.of("127.0.0.1")))
            .withProxyProtocol(new HttpSettings.ProxyProtocol("127.0.0.1", 0));

    private static final String TOKEN = "Authorization: Bearer from-the-balancer";
    private static final String REFUSAL = "Send a credential.";

    private final CountDownLatch firstEventRead = new CountDownLatch(1);

    private RunningServer serving() {
        return RunningServer.of(
                SETTINGS, Authenticator.of(BehindProxyTest::identify), MemoryBudget.unlimited(), this::answer);
    }

    private static Authentication identify(HeaderFields fields, RemotePeer peer) {
        var credentials = fields.all("Authorization");
        return credentials.equals(List.of("Bearer from-the-balancer"))
                ? new Authentication.Authenticated(Principal.ANONYMOUS, null)
                : new Authentication.Challenge(401, Map.of("X-Caller", peer.address()), REFUSAL);
    }

    private void answer(IncomingMessage in, Reply reply) {
        if (in.body().length == 0) {
            reply.open(ReplyStatus.RESULT);
            reply.offer(Event.of("1".getBytes(UTF_8)));
            Thread.ofVirtual().start(() -> endStream(reply));
        } else {
            reply.answer(ReplyStatus.RESULT, in.peer().address().getBytes(UTF_8));
        }
    }

    private void endStream(Reply reply) {
        try {
            if (firstEventRead.await(Eventually.SECONDS, TimeUnit.SECONDS)) {
                reply.offer(Event.of("2".getBytes(UTF_8)));
                reply.end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RawClient client(int port) {
        return RawClient.from(CLIENT, "127.0.0.1", port);
    }

    private static String post(String path, String... fields) {
        return "POST " + path + " HTTP/1.1\nHost: mcp.example\nContent-Type: application/json\n"
                + String.join(
                        "", List.of(fields).stream().map(field -> field + "\n").toList())
                + "Content-Length: 1\n\n1";
    }

    @Test
    void nginxNamesTheCallerUnderItsOwnPath() {
        try (var server = serving();
                var nginx = ProxyProgram.nginx(server.port());
                var client = client(nginx.port())) {
            for (int request = 0; request < 3; request++) {
                var answer = client.send(post("/tools/mcp", TOKEN)).answer();

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(CLIENT);
            }
        }
    }

    @Test
    void aForgedFieldDoesNotPassNginx() {
        try (var server = serving();
                var nginx = ProxyProgram.nginx(server.port());
                var client = client(nginx.port())) {
            for (var forged : List.of(
                    "X-Forwarded-For: 192.0.2.7",
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-For: 192.0.2.7, 127.0.0.1",
                    "X-Forwarded-For: " + "127.0.0.1, ".repeat(100) + "127.0.0.1",
                    "X-Forwarded-For: 192.0.2.7\nX-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-For: \"",
                    "Forwarded: for=192.0.2.7",
                    "X-Real-IP: 192.0.2.7")) {
                assertThat(client.send(post("/tools/mcp", TOKEN, forged))
                                .answer()
                                .body())
                        .as(forged)
                        .isEqualTo(CLIENT);
            }
        }
    }

    @Test
    void theAuthenticatorSeesTheCallerBehindNginx() {
        try (var server = serving();
                var nginx = ProxyProgram.nginx(server.port());
                var client = client(nginx.port())) {
            var answer = client.send(post("/tools/mcp", "X-Forwarded-For: 192.0.2.7"))
                    .answer();

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.field("x-caller")).isEqualTo(CLIENT);
        }
    }

    @Test
    void nginxPassesEachEventOnAtOnce() {
        try (var server = serving();
                var nginx = ProxyProgram.nginx(server.port());
                var client = client(nginx.port())) {
            client.send("GET /tools/mcp HTTP/1.1\nHost: mcp.example\nAccept: text/event-stream\n" + TOKEN + "\n\n");

            assertThat(client.head().field("content-type")).isEqualTo("text/event-stream");
            assertThat(client.chunk()).isEqualTo("data: 1\n\n");
            firstEventRead.countDown();
            assertThat(client.chunk()).isEqualTo("data: 2\n\n");
            assertThat(client.chunk()).isEmpty();
        }
    }

    @Test
    void haproxyAnnouncesTheCallerOfAConnection() {
        try (var server = serving();
                var haproxy = ProxyProgram.haproxy(server);
                var client = client(haproxy.port())) {
            assertThat(client.send(post("/mcp", TOKEN, "X-Forwarded-For: 192.0.2.7"))
                            .answer()
                            .body())
                    .isEqualTo(CLIENT);
            assertThat(client.send(post("/mcp", TOKEN)).answer().body()).isEqualTo(CLIENT);
        }
    }

    @Test
    void haproxyAddsTheCredentialAndNamesTheCaller() {
        try (var server = serving();
                var haproxy = ProxyProgram.haproxy(server);
                var client = client(haproxy.secondPort())) {
            var answer = client.send(post("/mcp", "Authorization: Bearer forged", "X-Forwarded-For: 192.0.2.7"))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(CLIENT);
        }
    }

    /** With the command LOCAL; HAProxy would stop using a server that refuses them. */
    @Test
    void haproxysOwnChecksAreAccepted() {
        try (var server = serving();
                var haproxy = ProxyProgram.haproxy(server);
                var client = client(haproxy.port())) {
            Eventually.holds(() -> haproxy.log().contains("succeeded"));

            assertThat(client.send(post("/mcp", TOKEN)).answer().status()).isEqualTo(200);
            assertThat(server.metrics.refused("proxy_header")).isZero();
        }
    }
}
