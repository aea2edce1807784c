package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.service.ScriptedService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests over real sockets; the services are at several loopback addresses, which tell them apart. */
class OutboundHttpClientTest {
    private final ResolverStub resolver = new ResolverStub();
    private final OutboundHttpClient client = OutboundHttpClient.with(
            OutboundSettings.defaults().withAllowed(List.of("127.0.0.0/28")), resolver, SettingNames.JAVA);

    @AfterEach
    void close() {
        client.close();
    }

    private OutboundResponse send(OutboundRequest request) {
        return client.send(request, ResponseLimits.DEFAULT, ManualCallContext.unhurried());
    }

    private OutboundResponse get(String url) {
        return send(OutboundRequest.get(URI.create(url), Map.of()));
    }

    @Test
    void connectsToTheCheckedAddressAndKeepsTheName() {
        resolver.answer("keys.example.test", "127.0.0.1");
        try (var service = ScriptedService.saying(ScriptedService.ok("hello"))) {
            var response = get("http://Keys.Example.test:" + service.port() + "/a%2Fb?c=d%20e#fragment");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).asString(UTF_8).isEqualTo("hello");
            assertThat(response.field("content-TYPE")).contains("text/plain");
            assertThat(service.nextRequest())
                    .startsWith("GET /a%2Fb?c=d%20e HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nhost: keys.example.test:" + service.port() + "\r\n")
                    .containsIgnoringCase("\r\naccept-encoding: identity\r\n");
        }
    }

    @Test
    void sendsFieldsAndBody() {
        try (var service = ScriptedService.saying("HTTP/1.1 204 No Content\r\n\r\n")) {
            var uri = URI.create("http://127.0.0.1:" + service.port());
            var response = send(new OutboundRequest("POST", uri, Map.of("X-Key", "a\tb"), "token=1".getBytes(UTF_8)));

            assertThat(response.status()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            assertThat(service.nextRequest())
                    .startsWith("POST / HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\ncontent-length: 7\r\n")
                    .contains("\r\nX-Key: a\tb\r\n")
                    .endsWith("\r\n\r\ntoken=1");
        }
    }

    @Test
    void anErrorStatusIsAResponse() {
        try (var service = ScriptedService.saying("HTTP/1.1 503 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n")) {
            var response = get("http://127.0.0.1:" + service.port() + "/");

            assertThat(response.status()).isEqualTo(503);
            assertThat(response.field("Retry-After")).contains("7");
        }
    }

    @Test
    void reusesAConnection() {
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            get("http://127.0.0.1:" + service.port() + "/1");
            get("http://127.0.0.1:" + service.port() + "/2");

            assertThat(service.connections()).isEqualTo(1);
        }
    }

    @Test
    void resolvesTheNameForEachRequestAndReusesConnectionsOnlyPerAddress() {
        resolver.answer("moving.test", "127.0.0.1").answer("moving.test", "127.0.0.2");
        try (var first = ScriptedService.saying(ScriptedService.ok("first"));
                var second = ScriptedService.on(
                        "127.0.0.2",
                        first.port(),
                        (request, out) -> out.write(ScriptedService.bytes(ScriptedService.ok("second"))))) {
            var url = "http://moving.test:" + first.port() + "/";

            assertThat(get(url).body()).asString(UTF_8).isEqualTo("first");
            assertThat(get(url).body()).asString(UTF_8).isEqualTo("second");
            assertThat(resolver.lookUps()).isEqualTo(2);
            assertThat(second.connections()).isEqualTo(1);
        }
    }

    @Test
    @CoversOutage("outbound addresses: DNS failing or changing its answer")
    void aNameThatChangesAfterTheCheckDoesNotChangeTheConnection() {
        resolver.answer("rebinding.test", "127.0.0.1").answer("rebinding.test", "127.0.0.99");
        try (var service = ScriptedService.saying(ScriptedService.ok("checked"));
                var internal = ScriptedService.on(
                        "127.0.0.99",
                        service.port(),
                        (request, out) -> out.write(ScriptedService.bytes(ScriptedService.ok("secret"))))) {
            var url = "http://rebinding.test:" + service.port() + "/";

            assertThat(get(url).body()).asString(UTF_8).isEqualTo("checked");
            assertThat(resolver.lookUps()).isEqualTo(1);
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> get(url))
                    .withMessage(
                            "Refusing to connect to rebinding.test: it is a loopback address. Add rebinding.test or"
                                    + " its network to OutboundSettings.allowed if this service is intended.");
            assertThat(internal.connections()).isZero();
        }
    }

    @Test
    @CoversOutage("outbound addresses: DNS failing or changing its answer")
    void oneAddressThatIsNotAllowedRefusesTheName() {
        resolver.answer("mixed.test", "127.0.0.1", "169.254.169.254");
        try (var service = ScriptedService.saying(ScriptedService.ok("x"))) {
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> get("http://mixed.test:" + service.port() + "/"))
                    .matches(refused -> refused.reason() == PortException.RefusedException.Reason.FORBIDDEN)
                    .withMessageContaining("it is a link-local address")
                    .withMessageNotContaining("169.254.169.254")
                    .havingCause()
                    .withMessageContaining("169.254.169.254");
            assertThat(service.connections()).isZero();
        }
    }

    @Test
    void triesTheNextAddress() {
        resolver.answer("two.test", "127.0.0.2", "127.0.0.1");
        try (var service = ScriptedService.saying(ScriptedService.ok("found"))) {
            assertThat(get("http://two.test:" + service.port() + "/").body())
                    .asString(UTF_8)
                    .isEqualTo("found");
        }
    }

    @Test
    @CoversOutage("outbound addresses: DNS failing or changing its answer")
    void tellsThatANameHasNoAddress() {
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> get("https://unknown.test/keys"))
                .withMessage("The host name of https://unknown.test has no address. Check its spelling, and the name"
                        + " servers of this machine.");
    }

    @Test
    void tellsThatNoServiceListens() throws IOException {
        try (var reserved = new Socket()) { // bound, so that no other process listens there
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var origin = "http://127.0.0.1:" + reserved.getLocalPort();

            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> get(origin + "/"))
                    .withMessage(origin + " does not accept connections. Check that the service runs.");
        }
    }

    @Test
    void succeedsAfterAFailure() {
        var broken = new AtomicBoolean(true);
        try (var service = ScriptedService.on("127.0.0.1", 0, (request, out) -> {
            if (broken.getAndSet(false)) {
                throw new IOException("closes the connection");
            }
            out.write(ScriptedService.bytes(ScriptedService.ok("again")));
        })) {
            var url = "http://127.0.0.1:" + service.port() + "/";

            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> get(url))
                    .withMessage("http://127.0.0.1:" + service.port()
                            + " closed the connection before its response was complete.");
            assertThat(get(url).body()).asString(UTF_8).isEqualTo("again");
        }
    }
}
