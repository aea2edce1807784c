package io.breakwater.adapter.http.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.http.SelfSigned;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.ServiceTransport.Endpoint;
import io.breakwater.port.driven.ServiceTransport.Limits;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.service.ScriptedService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with a certificate for {@code localhost} and {@code 127.0.0.1} that no known authority signed. */
class OutboundTlsTest {
    private final SelfSigned certificate = SelfSigned.number(1);
    private final ResolverStub resolver =
            new ResolverStub().answer("localhost", "127.0.0.1").answer("other.test", "127.0.0.1");
    private final ScriptedService service = ScriptedService.secure(
            certificate.presented(), (request, out) -> out.write(ScriptedService.bytes(ScriptedService.ok("private"))));

    @TempDir
    private Path folder;

    private Path authorities = Path.of("");

    @BeforeEach
    void writeAuthorities() throws IOException {
        authorities = Files.writeString(folder.resolve("ca.pem"), certificate.certificates());
    }

    @AfterEach
    void close() {
        service.close();
    }

    private OutboundResponse get(String host, @Nullable Path trustStore) {
        var settings =
                OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")).withTrustStore(trustStore);
        try (var client = OutboundHttpClient.with(settings, resolver, SettingNames.JAVA)) {
            return client.send(
                    OutboundRequest.get(URI.create("https://" + host + ":" + service.port() + "/"), Map.of()),
                    ResponseLimits.DEFAULT,
                    ManualCallContext.unhurried());
        }
    }

    @Test
    void verifiesTheNameInTheUrlAndNotTheAddress() {
        assertThat(get("localhost", authorities).body()).asString(UTF_8).isEqualTo("private");
        assertThat(service.serverNames()).singleElement().asString().contains("localhost");
    }

    @Test
    void doesNotSendAnAddressAsServerName() {
        assertThat(get("127.0.0.1", authorities).body()).asString(UTF_8).isEqualTo("private");
        assertThat(service.serverNames()).containsExactly(List.of());
    }

    private ServiceOutcome check(String host) {
        var settings =
                OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")).withTrustStore(authorities);
        try (var transport = HttpServiceTransport.with(settings, resolver, SettingNames.JAVA)) {
            return transport.send(
                    new ServiceRequest("GET", "/health", Map.of(), null, new byte[0], null),
                    new Endpoint(true, host, service.port(), null),
                    new Limits(Duration.ofMinutes(5), 10_000, false),
                    ManualCallContext.unhurried());
        }
    }

    @Test
    void aCheckVerifiesTheNameAndNotTheAddress() {
        assertThat(check("localhost")).isInstanceOf(ServiceOutcome.Response.class);
        assertThat(service.serverNames()).singleElement().asString().contains("localhost");
        assertThat(check("other.test"))
                .isInstanceOfSatisfying(
                        ServiceOutcome.NotDelivered.class,
                        refused -> assertThat(refused.message()).contains("is not trusted for this name"));
    }

    @Test
    void aCheckDoesNotSendAnAddressAsServerName() {
        assertThat(check("127.0.0.1")).isInstanceOf(ServiceOutcome.Response.class);
        assertThat(service.serverNames()).containsExactly(List.of());
    }

    @Test
    void refusesACertificateForAnotherName() {
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> get("other.test", authorities))
                .withMessageStartingWith("The certificate of https://other.test:" + service.port()
                        + " is not trusted for this name: No subject alternative DNS name matching other.test found.")
                .withMessageEndingWith("to OutboundSettings.trustStore.");
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() {
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> get("localhost", null))
                .withMessageStartingWith("The certificate of https://localhost:" + service.port() + " is not trusted");
    }

    @Test
    void aServiceWithoutTlsIsRefused() {
        try (var plain = ScriptedService.saying(ScriptedService.ok("x"));
                var client = OutboundHttpClient.with(
                        OutboundSettings.defaults().withAllowed(List.of("localhost")), resolver, SettingNames.JAVA)) {
            var request = OutboundRequest.get(URI.create("https://localhost:" + plain.port() + "/"), Map.of());

            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> client.send(request, ResponseLimits.DEFAULT, ManualCallContext.unhurried()))
                    .withMessageContaining("https://localhost:" + plain.port());
        }
    }

    @Test
    void refusesATrustStoreWithoutCertificates() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> get("localhost", empty))
                .withMessage("Cannot read certificates of authorities from " + empty + ": it contains no certificate."
                        + " Set OutboundSettings.trustStore to a PEM file that contains them.");
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> get("localhost", folder.resolve("missing.pem")))
                .withMessageContaining(": it does not exist. Set OutboundSettings.trustStore");
    }
}
