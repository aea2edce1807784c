package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Event;
import io.breakwater.port.Principal;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler on a server of the application, beside the application's own route. */
class McpHttpHandlerTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final RecordedMetrics metrics = new RecordedMetrics();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final MemoryBudget memory = new MemoryBudget(1_000_000, 1);
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final Transport.Host host = new Transport.Host(endpoint, List.of(), metrics, memory);

    @Test
    void servesMcpBesideARouteOfTheApplication() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            assertThat(client.get("/hello").answer().body()).isEqualTo("hello");
            assertThat(client.post("{\"id\":1}").answer().body()).isEqualTo("{\"id\":1}");
            assertThat(client.get("/hello").answer().body()).isEqualTo("hello");
            assertThat(delete(client).status()).isEqualTo(200);
            assertThat(client.post("2").answer().body()).isEqualTo("2");
        }
    }

    @Test
    void servesAStreamAndReportsADisconnectedClient() throws Exception {
        endpoint.onListen((inbound, reply) -> replies.add(reply));
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect().get("/mcp", "Accept: text/event-stream")) {
            var reply = taken();
            var gone = new CountDownLatch(1);
            reply.onDisconnect(gone::countDown);
            reply.open(new ReplyStatus.Result("s1"));
            reply.offer(Event.of("1".getBytes(UTF_8)));

            assertThat(client.head().field("mcp-session-id")).isEqualTo("s1");
            assertThat(client.chunk()).isEqualTo("data: 1\n\n");
            assertThat(metrics.streams()).isEqualTo(1);

            client.vanish();
            assertThat(gone.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            Eventually.holds(() -> metrics.streams() == 0 && memory.used() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, host, POST /mcp HTTP/1.1|Host: evil.example|Content-Type: application/json|Content-Length: 1||1",
        "403, origin, POST /mcp HTTP/1.1|Host: localhost|Origin: https://evil.example|Content-Length: 1||1",
        "421, misdirected, POST http://evil.example/mcp HTTP/1.1|Host: localhost|Content-Length: 1||1",
        "415, media_type, POST /mcp HTTP/1.1|Host: localhost|Content-Type: text/plain|Content-Length: 1||1",
        "413, body_size, POST /mcp HTTP/1.1|Host: localhost|Content-Type: application/json|Content-Length: 99999999||1",
        "405, method, PUT /mcp HTTP/1.1|Host: localhost||",
        "406, not_acceptable, GET /mcp HTTP/1.1|Host: localhost|Accept: application/json||"
    })
    void refusesWhatTheTransportRefuses(int status, String reason, String request) {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            assertThat(client.send(request.replace('|', '\n')).answer().status())
                    .isEqualTo(status);
            assertThat(metrics.refused(reason)).isEqualTo(1);
        }
    }

    @Test
    void refusesABodyThatComesTooSlowly() {
        var limits = HttpSettings.Limits.defaults().withTimes(LONG, MOMENT, LONG);
        try (var server = MountedServer.serving(HttpSettings.defaults().withLimits(limits), host);
                var client = server.connect()) {
            client.send("POST /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 9\n\n1");

            assertThat(client.answer().status()).isEqualTo(408);
        }
    }

    @Test
    void servesRequestsOfAnHttp2Connection() throws Exception {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = HttpClient.newHttpClient()) {
            for (var body : List.of("\"upgrade\"", "\"next\"", "\"" + "x".repeat(200_000) + "\"")) {
                var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port + "/mcp"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
                var response = client.send(request.build(), BodyHandlers.ofString());

                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.body()).isEqualTo(body);
            }
            Eventually.holds(() -> memory.used() == 0);
        }
    }

    @Test
    void acceptsABodyInChunksWithTrailers() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            client.send("""
                    POST /mcp HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Transfer-Encoding: chunked

                    2
                    "a
                    1
                    "
                    0
                    X-Trailer: 1

                    """);

            assertThat(client.answer().body()).isEqualTo("\"a\"");
        }
    }

    @Test
    void cutsOffAClientThatReadsNothing() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var streams = new HttpSettings.Streams(10, 100_000, 100, LONG, MOMENT);
        try (var server = MountedServer.serving(HttpSettings.defaults().withStreams(streams), host);
                var client = server.connect().post("1")) {
            var reply = taken();
            var gone = new CountDownLatch(1);
            reply.onDisconnect(gone::countDown);
            reply.open(ReplyStatus.RESULT);
            var large = Event.of(new byte[50_000]);

            Eventually.holds(() -> reply.offer(large) == OfferResult.CLOSED);

            assertThat(gone.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void countsMessagesInTheMemoryBudget() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect().post("x".repeat(300_000))) {
            var reply = taken();
            assertThat(memory.used()).isEqualTo(300_000);

            reply.answer(ReplyStatus.RESULT, "{}".getBytes(UTF_8));

            assertThat(client.answer().body()).isEqualTo("{}");
            Eventually.holds(() -> memory.used() == 0);
        }
    }

    @Test
    void answers503BeforeItServesAndAfterItStopped() {
        try (var server = MountedServer.with(HttpSettings.defaults());
                var client = server.connect()) {
            assertThat(client.post("1").answer().status()).isEqualTo(503);
            server.handler.start(host);
            assertThat(client.post("1").answer().status()).isEqualTo(200);
            assertThat(server.stopHandler()).isTrue();
            try (var later = server.connect()) {
                assertThat(later.post("1").answer().status()).isEqualTo(503);
                assertThat(later.get("/hello").answer().body()).isEqualTo("hello");
            }
        }
    }

    @Test
    void refusesNewRequestsWhileItDrainsAndSaysWhenToTryAgain() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            server.handler.drain();
            var refused = client.post("1").answer();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.field("retry-after")).isEqualTo("5");
            assertThat(metrics.refused("stopped")).isEqualTo(1);
        }
    }

    @Test
    void endsWhatIsStillAtWorkWhenTheGraceIsOver() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect().post("1")) {
            var gone = new CountDownLatch(1);
            taken().onDisconnect(gone::countDown);

            assertThat(server.handler.stop(Duration.ofMillis(1))).isFalse();

            assertThat(gone.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void canBeStoppedAfterTheApplicationClosedVertx() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            assertThat(client.post("1").answer().status()).isEqualTo(200);
            server.closeVertx();
            server.handler.startGracefulShutdown();
            server.handler.drain();

            assertThat(server.stopHandler()).isTrue();
            assertThat(server.stopHandler()).isTrue();
        }
    }

    @Test
    void servesARequestThatWasPaused() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            assertThat(post(client, "/paused").body()).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/read", "/blocking"})
    void failsARequestThatItReceivesTooLateOrOnAnotherThread(String path) {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host);
                var client = server.connect()) {
            assertThat(post(client, path).status()).isEqualTo(500);
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.9.9.9, true", "::1, true", "192.0.2.1, false", "2001:db8::1, false"})
    void knowsWhichAddressesOtherMachinesReach(String address, boolean local) {
        assertThat(MountedEndpoint.isLocal(SocketAddress.inetSocketAddress(80, address)))
                .isEqualTo(local);
    }

    /** Each address of this machine; loopback is always one of them. */
    static Stream<InetAddress> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress());
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void refusesRequestsAtAnAddressThatOtherMachinesReachUnlessAnonymousCallersAreAllowed(InetAddress address) {
        for (boolean anonymous : new boolean[] {false, true}) {
            var settings = HttpSettings.defaults().withAnonymous(anonymous);
            try (var server = MountedServer.serving(settings, host, address.getHostAddress());
                    var client = new RawClient(address.getHostAddress(), server.port)) {
                int status = client.post("1").answer().status();

                assertThat(status).isEqualTo(anonymous || address.isLoopbackAddress() ? 200 : 403);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void servesEveryAddressIfCallersNeedACredential(InetAddress address) {
        Authenticator strict =
                Authenticator.of((fields, peer) -> new Authentication.Authenticated(Principal.ANONYMOUS, null));
        var guarded = new Transport.Host(
                host.endpoint(), strict, List.of(), host.metrics(), host.memory(), host.settingNames());
        try (var server = MountedServer.serving(HttpSettings.defaults(), guarded, address.getHostAddress());
                var client = new RawClient(address.getHostAddress(), server.port)) {
            assertThat(client.post("1").answer().status()).isEqualTo(200);
        }
    }

    @Test
    void servesOneServerOnce() {
        try (var server = MountedServer.serving(HttpSettings.defaults(), host)) {
            assertThatThrownBy(() -> server.handler.start(host))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was started before");
            server.stopHandler();
            assertThatThrownBy(() -> server.handler.start(host)).isInstanceOf(IllegalStateException.class);
        }
    }

    private Reply taken() throws InterruptedException {
        return Objects.requireNonNull(
                replies.poll(Eventually.SECONDS, TimeUnit.SECONDS), "no message came within the limit");
    }

    private static RawClient.Answer post(RawClient client, String path) {
        return client.send("POST " + path
                        + " HTTP/1.1\nHost: localhost\nContent-Type: application/json\nContent-Length: 1\n\n1")
                .answer();
    }

    private static RawClient.Answer delete(RawClient client) {
        return client.send("DELETE /mcp HTTP/1.1\nHost: localhost\n\n").answer();
    }
}
