package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerMetadataTest {
    private final IdentityRig rig = new IdentityRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private IssuerMetadata of(String issuer) {
        return new IssuerMetadata(issuer, new IssuerDocuments(rig.client, IdentityRig.SETTINGS));
    }

    @Test
    void thePlacesAreThoseOfTheSpecificationsInTheirOrder() {
        assertThat(of("https://issuer.example/tenant/1/").places())
                .containsExactly(
                        URI.create("https://issuer.example/.well-known/oauth-authorization-server/tenant/1"),
                        URI.create("https://issuer.example/.well-known/openid-configuration/tenant/1"),
                        URI.create("https://issuer.example/tenant/1/.well-known/openid-configuration"));
        assertThat(of("https://issuer.example").places())
                .containsExactly(
                        URI.create("https://issuer.example/.well-known/oauth-authorization-server"),
                        URI.create("https://issuer.example/.well-known/openid-configuration"));
    }

    @Test
    void theKeysOfAnIssuerWithAPathAreFound() {
        try (var provider = OpenIdProvider.start("/tenant/1", rig.clock, Keys.of("ES256"))) {
            assertThat(of(provider.issuer()).keySet()).isEqualTo(provider.uri("/keys"));
        }
    }

    @Test
    void metadataThatNameAnotherIssuerAreNotUsed() {
        try (var provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"))) {
            provider.behave(ProviderBehavior.WRONG_ISSUER);
            var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
            var token = provider.token(AUDIENCE).sign(Keys.of("ES256"));

            assertThat(verify(verifier, token)).isInstanceOf(Unavailable.class);
            assertThat(provider.requests("/keys")).isZero();

            provider.behave(ProviderBehavior.CORRECT);
            rig.clock.advance(IdentityRig.SETTINGS.minInterval());
            assertThat(verify(verifier, token)).isInstanceOf(Valid.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"issuer\": \"https://other.example\"}        | name the issuer 'https://other.example' instead of http",
                "{\"issuer\": \"ISSUER\", \"jwks_uri\": \"x\"} | have no https URL of a key set",
                "<html>                                       | is not valid JSON"
            })
    void theErrorTellsOfThePlaceThatHasMetadata(String document, String problem) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/.well-known/oauth-authorization-server", exchange -> {
            try (exchange) {
                var body = document.replace("ISSUER", issuer).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            assertThatThrownBy(() -> of(issuer).keySet())
                    .hasMessageContaining("oauth-authorization-server")
                    .hasMessageContaining(problem);
            server.removeContext("/.well-known/oauth-authorization-server");
            assertThatThrownBy(() -> of(issuer).keySet())
                    .hasMessageContaining("status 404")
                    .hasMessageContaining("oauth-authorization-server")
                    .hasMessageContaining("openid-configuration");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void metadataAreRequestedOnceWhileTheKeysAreAvailable() {
        try (var provider = OpenIdProvider.start("/tenant", rig.clock, Keys.of("ES256"))) {
            var verifier = rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
            for (int i = 0; i < 3; i++) {
                rig.clock.advance(IdentityRig.SETTINGS.lifetime());
                assertThat(verify(verifier, provider.token(AUDIENCE).sign(Keys.of("ES256"))))
                        .isInstanceOf(Valid.class);
            }

            assertThat(provider.requests("/keys")).isEqualTo(3);
            assertThat(provider.requests("/.well-known/openid-configuration")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "issuer",
                "https://user@issuer.example",
                "https://issuer.example?x=1",
                "https://issuer.example#x",
                "file:///etc/passwd",
                "https:///x"
            })
    void anIssuerWhoseMetadataCannotBeRequestedSafelyIsRefused(String issuer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtIssuer.withMetadata(issuer, AUDIENCE))
                .withMessageStartingWith("issuer must be an https URL");
    }
}
