package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;
import static io.breakwater.adapter.http.identity.IdentityRig.SETTINGS;
import static io.breakwater.adapter.http.identity.IdentityRig.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator learns about an issuer that cannot be asked, and about tokens that are meant for another server. */
class IssuerTroubleTest {
    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("", rig.clock, Keys.of("ES256"));
    private final JwtIssuer issuer = JwtIssuer.withKeySet(provider.issuer(), AUDIENCE, provider.uri("/keys"));

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    private String signed(String audience) {
        return provider.token(audience).sign(Keys.of("ES256"));
    }

    private static void probe(Dependency dependency) throws Exception {
        dependency.probe().probe(ManualCallContext.unhurried());
    }

    private IntrospectionVerifier introspection(String secret) {
        var settings =
                IntrospectionSettings.of(provider.issuer(), provider.uri("/introspect"), "resource", secret, AUDIENCE);
        return IntrospectionVerifier.of(settings, rig.client, rig.clock);
    }

    @Test
    void anAddressThatIsNotAllowedIsNamedWithTheSetting() {
        try (var strict = OutboundHttpClient.with(OutboundSettings.defaults(), name -> "outbound.allowed")) {
            var verifier = JwtVerifier.of(List.of(issuer), SETTINGS, strict, rig.threads, rig.clock);

            assertThat(((Unavailable) verify(verifier, signed(AUDIENCE))).reason())
                    .contains(
                            "The keys of the issuer " + provider.issuer() + " are not available. ",
                            "Add 127.0.0.1 or its network to outbound.allowed",
                            "127.0.0.1 has the address 127.0.0.1");
        }
    }

    @Test
    @CoversOutage("signed tokens: identity provider responding with unusable keys")
    void aKeySetThatCannotBeUsedIsNamedEachTime() {
        var verifier = rig.jwt(issuer);
        provider.behave(ProviderBehavior.FAILING);

        for (int call = 0; call < 2; call++) {
            assertThat(((Unavailable) verify(verifier, signed(AUDIENCE))).reason())
                    .contains(provider.issuer(), provider.uri("/keys").toString(), "the status 500");
        }
    }

    @Test
    void anEndpointThatRefusesTheServerIsNamedWithTheRemedy() {
        assertThat(((Unavailable) verify(introspection("wrong"), "opaque")).reason())
                .contains(
                        "The introspection endpoint of " + provider.issuer(),
                        provider.uri("/introspect") + " answered 401: check client-id and client-secret.");
    }

    @Test
    void aTokenForAnotherServerIsRefusedWithBothAudiences() {
        assertThat(((Rejected) verify(rig.jwt(issuer), signed("https://other.example/mcp"))).reason())
                .isEqualTo("The audience of the token (aud) is 'https://other.example/mcp', but this server accepts "
                        + AUDIENCE + ".");
    }

    @Test
    void aTokenOfAnotherIssuerIsRefusedWithBothIssuers() {
        var other = JwtIssuer.withKeySet("https://known.example", AUDIENCE, provider.uri("/keys"));

        assertThat(((NotRecognized) rig.jwt(other).inspect(signed(AUDIENCE))).reason())
                .isEqualTo("The issuer of the token (iss) is '" + provider.issuer()
                        + "', but this server accepts https://known.example.");
    }

    @Test
    void aRefusalNamesWhatIsWrongAndWhatIsAccepted() {
        var now = rig.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var verifier = rig.jwt(issuer);
        var good = provider.token(AUDIENCE);
        assertThat(verify(verifier, signed(AUDIENCE))).isInstanceOf(Valid.class);

        assertThat(reason(verifier, good.header("alg", Json.of("none")).sign(Keys.of("ES256"))))
                .startsWith(
                        "The algorithm of the token (alg) is 'none', but for its issuer this server accepts ES256,");
        assertThat(reason(verifier, good.sign(Keys.of("ES256").as("other", "ES256"))))
                .contains(" the id 'other' and the algorithm ES256; it publishes the keys ");
        assertThat(reason(
                        verifier,
                        good.claim("exp", Json.of(now.getEpochSecond() - 60)).sign(Keys.of("ES256"))))
                .isEqualTo("The token has expired (exp): it says " + now.minusSeconds(60) + ", and the time here is "
                        + now + ".");
        assertThat(reason(
                        verifier,
                        good.claim("iat", Json.of(now.getEpochSecond() + 60)).sign(Keys.of("ES256"))))
                .isEqualTo("The token was issued in the future (iat): it says " + now.plusSeconds(60)
                        + ", and the time here is " + now + ".");
        assertThat(((NotRecognized) verifier.inspect("opaque")).reason()).contains("no issuer with introspection");
    }

    private static String reason(JwtVerifier verifier, String token) {
        return ((Rejected) verify(verifier, token)).reason();
    }

    @Test
    void whatCallersWriteIsShortenedAndHasNoControlCharacters() {
        var hostile = "x\n\u001b[31m" + "y".repeat(1_000);

        assertThat(((Rejected) verify(rig.jwt(issuer), signed(hostile))).reason())
                .contains("'x??[31myyy")
                .hasSizeLessThan(250);
    }

    @Test
    void theKeysOfAnIssuerAreADependency() throws Exception {
        var verifier = rig.jwt(issuer);
        var keys = verifier.dependencies().getFirst();
        provider.behave(ProviderBehavior.FAILING);

        assertThat(keys.name()).isEqualTo("issuer " + provider.issuer());
        assertThatThrownBy(() -> probe(keys)) // the first report waits for the first response
                .isInstanceOf(PortException.UnavailableException.class)
                .hasMessageContaining("the status 500");

        provider.behave(ProviderBehavior.CORRECT);
        rig.clock.advance(SETTINGS.minInterval());
        Eventually.holds(() -> !isDown(keys));
        assertThat(verify(verifier, signed(AUDIENCE))).isInstanceOf(Valid.class);
    }

    @Test
    void anIntrospectionEndpointIsADependency() throws Exception {
        var verifier = introspection("wrong");
        probe(verifier.dependency());
        verify(verifier, "opaque");

        assertThat(verifier.dependency().name()).isEqualTo("introspection " + provider.issuer());
        assertThatThrownBy(() -> probe(verifier.dependency())).hasMessageContaining("check client-id");
    }

    private static boolean isDown(Dependency dependency) {
        try {
            probe(dependency);
            return false;
        } catch (Exception unavailable) {
            return true;
        }
    }
}
