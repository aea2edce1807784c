package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementListenerTest {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final ManagementSettings LOCAL =
            ManagementSettings.defaults().withPort(0);

    private final AtomicInteger calls = new AtomicInteger();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final Transport.Host host = new Transport.Host(
            new ScriptedEndpoint(),
            List.of(
                    resource("/live", Listener.PUBLIC, Access.PROBE),
                    resource("/info", Listener.PUBLIC, Access.PUBLIC),
                    resource("/metrics", Listener.MANAGEMENT, Access.PUBLIC),
                    resource("/detail", Listener.MANAGEMENT, Access.MANAGEMENT),
                    resource("/change", Listener.MANAGEMENT, Access.MANAGEMENT)
                            .withMethods("POST")
                            .withMaxBodyBytes(100)),
            metrics,
            MemoryBudget.unlimited());
    private ManagementListener listener = ManagementListener.with(LOCAL);

    @AfterEach
    void stop() {
        listener.stop(Duration.ZERO);
    }

    @Test
    void detailNeedsTheKeyOnLoopbackToo() {
        start(LOCAL);

        assertThat(get("/detail", "Authorization: Bearer " + listener.key().reveal())
                        .status())
                .isEqualTo(200);
        assertThat(get("/detail", "authorization:   bearer   " + listener.key().reveal() + "  ")
                        .status())
                .isEqualTo(200);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aRequestWithoutTheKeyIsRefusedAndSaysWhatIsMissing() {
        start(LOCAL);

        var refused = get("/detail");

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.field("www-authenticate")).isEqualTo("Bearer realm=\"management\"");
        assertThat(refused.field("x-content-type-options")).isEqualTo("nosniff");
        assertThat(refused.field("cache-control")).isEqualTo("no-store");
        assertThat(refused.body()).contains("management key", "Authorization: Bearer");
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer",
                "Authorization: Bearer " + SECRET + "x",
                "Authorization: Bearer 0123456789",
                "Authorization: Basic " + SECRET,
                "Authorization: " + SECRET,
                "Authorization: Bearer x\nAuthorization: Bearer " + SECRET,
                "Authorization: Bearer " + SECRET + "\nAuthorization: Bearer x",
                "X-Authorization: Bearer " + SECRET,
                "Cookie: Authorization=" + SECRET
            })
    void refusesEverythingButTheKeyInItsField(String field) {
        start(LOCAL.withKey(ManagementKey.of(SECRET)));

        assertThat(get("/detail", field.split("\n", -1)).status()).isEqualTo(401);
        assertThat(get("/detail?key=" + SECRET, field.split("\n", -1)).status()).isEqualTo(401);
        assertThat(calls).hasValue(0);
        assertThat(get("/detail", "Authorization: Bearer " + SECRET).status()).isEqualTo(200);
    }

    @Test
    void aChangeWithoutTheKeyIsRefusedBeforeItsBody() {
        start(LOCAL);
        var head = "POST /change HTTP/1.1\nHost: localhost\nContent-Length: 2\n";
        try (var client = connect()) {
            assertThat(client.send(head + "Expect: 100-continue\n\n").head().status())
                    .isEqualTo(401);
        }
        try (var client = connect()) {
            var accepted =
                    client.send(head + "Authorization: Bearer " + listener.key().reveal() + "\n\n{}");
            assertThat(accepted.answer().status()).isEqualTo(200);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void probesNeedNoKeyAndAcceptAnyHost() {
        start(LOCAL);

        assertThat(get("/live").status()).isEqualTo(200);
        try (var client = connect()) {
            assertThat(client.send("GET /live HTTP/1.1\nHost: 10.1.2.3\n\n")
                            .answer()
                            .status())
                    .isEqualTo(200);
        }
        assertThat(get("/live", "Origin: http://localhost").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/info", "/", "/detail/", "/detail/x"})
    void servesNothingElse(String path) {
        start(LOCAL);

        assertThat(get(path, "Authorization: Bearer " + listener.key().reveal()).status())
                .isEqualTo(404);
    }

    @Test
    void checksHostAndOrigin() {
        start(LOCAL);

        try (var client = connect()) {
            assertThat(client.send("GET /metrics HTTP/1.1\nHost: evil.example\n\n")
                            .answer()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(get("/metrics", "Origin: https://evil.example").status()).isEqualTo(403);
        assertThat(get("/metrics").status()).isEqualTo(200);
    }

    @Test
    void refusesOtherMachinesWithoutALastingKey() {
        var everywhere = LOCAL.withHost("0.0.0.0");

        assertThatThrownBy(() -> start(everywhere))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("Refusing to serve management pages on 0.0.0.0 without a key: every client in the network"
                        + " could read them. Listen on 127.0.0.1 (ManagementSettings.host), or set"
                        + " ManagementSettings.key to a secret of at least 32 characters.");
    }

    @Test
    void whereOtherMachinesReachItEveryPageButProbesNeedsTheKey() {
        start(LOCAL.withHost("0.0.0.0").withKey(ManagementKey.of(SECRET)));

        assertThat(get("/metrics").status()).isEqualTo(401);
        assertThat(get("/metrics", "Authorization: Bearer " + SECRET).status()).isEqualTo(200);
        assertThat(get("/live").status()).isEqualTo(200);
    }

    @Test
    void aPublicListenerNeverServesItsPages() {
        var transport = HttpTransport.on("127.0.0.1", 0);
        transport.start(host);
        try (var client =
                new RawClient("127.0.0.1", URI.create(transport.address()).getPort())) {
            for (var path : new String[] {"/metrics", "/detail", "/change"}) {
                assertThat(client.get(path, "Authorization: Bearer " + SECRET)
                                .answer()
                                .status())
                        .isEqualTo(404);
            }
        } finally {
            transport.stop(Duration.ZERO);
        }
    }

    @Test
    void saysThatThePortIsTakenAndWhatToDo() {
        start(LOCAL);
        int taken = port();

        assertThatThrownBy(() -> ManagementListener.with(LOCAL.withPort(taken)).start(host))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage("Port " + taken + " on 127.0.0.1 is in use; stop the program that uses it, or choose"
                        + " another port with ManagementSettings.port.");
    }

    @Test
    void servesWhileTheServerDrains() {
        start(LOCAL);

        listener.startGracefulShutdown();
        listener.drain();

        assertThat(get("/metrics").status()).isEqualTo(200);
        assertThat(listener.stop(Duration.ZERO)).isTrue();
        assertThatThrownBy(this::connect).hasMessageContaining("refused");
        assertThat(listener.stop(Duration.ZERO)).isTrue();
    }

    @Test
    void startsOnce() {
        start(LOCAL);

        assertThatIllegalStateException()
                .isThrownBy(() -> listener.start(host))
                .withMessageContaining("started before");
        assertThat(listener.ended().toCompletableFuture()).isNotDone();
    }

    @Test
    void countsItsRefusalsApartFromThoseOfTheTransport() {
        start(LOCAL);

        get("/detail");
        get("/nowhere");

        assertThat(metrics.read("mcp_management_refused_total{}")).isEqualTo(2);
        assertThatThrownBy(metrics::connections).hasMessageContaining("no metric mcp_active_connections");
    }

    @Test
    void servesTls(@TempDir Path folder) throws Exception {
        var tls = HttpSettings.Tls.of(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        SelfSigned.number(1).writeTo(tls);
        start(LOCAL.withTls(tls));
        assertThat(listener.address()).startsWith("https://127.0.0.1:");

        try (var client = HttpClient.newBuilder()
                .sslContext(SelfSigned.number(1).trusted())
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(listener.address() + "/detail"))
                    .header("Authorization", "Bearer " + listener.key().reveal())
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aKeyIsLongAndNeverPrinted() {
        var random = ManagementKey.random();

        assertThat(random.reveal())
                .hasSize(43)
                .isNotEqualTo(ManagementKey.random().reveal());
        assertThat(random.toString()).doesNotContain(random.reveal());
        assertThat(LOCAL.withKey(ManagementKey.of(SECRET)).toString()).doesNotContain(SECRET);
        for (var weak : new String[] {"", SECRET.substring(1), SECRET + " ", SECRET + "\n", SECRET + "ß"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ManagementKey.of(weak))
                    .withMessageContaining("at least 32 characters");
        }
    }

    private void start(ManagementSettings settings) {
        listener = ManagementListener.with(settings);
        listener.start(host);
    }

    private RawClient.Answer get(String path, String... lines) {
        try (var client = connect()) {
            return client.get(path, lines).answer();
        }
    }

    private RawClient connect() {
        return new RawClient("127.0.0.1", port());
    }

    private int port() {
        return URI.create(listener.address()).getPort();
    }

    private HttpResource resource(String path, Listener on, Access access) {
        return new HttpResource(path, on, access, request -> {
            calls.incrementAndGet();
            return CompletableFuture.completedFuture(new Response(200, "text/plain", Map.of(), path.getBytes(UTF_8)));
        });
    }
}
